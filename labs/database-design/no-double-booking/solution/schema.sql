CREATE TABLE night (
    property_id INTEGER,
    date        TEXT,
    booking_id  INTEGER REFERENCES booking (id) ON DELETE CASCADE,
    PRIMARY KEY (property_id, date)
);

INSERT INTO night SELECT property_id, date, id
FROM booking JOIN day ON date >= start_date AND date < end_date
WHERE status <> 'cancelled';

CREATE TRIGGER booking_made AFTER INSERT ON booking
BEGIN
    INSERT INTO night (property_id, date, booking_id)
    SELECT NEW.property_id, date, NEW.id FROM day
    WHERE date >= NEW.start_date AND date < NEW.end_date
      AND NEW.status <> 'cancelled';
END;

CREATE TRIGGER booking_changed AFTER UPDATE ON booking
BEGIN
    DELETE FROM night WHERE booking_id = NEW.id;
    INSERT INTO night (property_id, date, booking_id)
    SELECT NEW.property_id, date, NEW.id FROM day
    WHERE date >= NEW.start_date AND date < NEW.end_date
      AND NEW.status <> 'cancelled';
END;
