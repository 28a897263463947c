CREATE TRIGGER no_overlap_made BEFORE INSERT ON booking
WHEN NEW.status <> 'cancelled' AND EXISTS (
    SELECT 1 FROM booking
    WHERE property_id = NEW.property_id
      AND status <> 'cancelled'
      AND (NEW.start_date BETWEEN start_date AND end_date
           OR NEW.end_date BETWEEN start_date AND end_date)
)
BEGIN
    SELECT RAISE(ABORT, 'these nights are taken');
END;

CREATE TRIGGER no_overlap_changed BEFORE UPDATE ON booking
WHEN NEW.status <> 'cancelled' AND EXISTS (
    SELECT 1 FROM booking
    WHERE property_id = NEW.property_id AND id <> NEW.id
      AND status <> 'cancelled'
      AND (NEW.start_date BETWEEN start_date AND end_date
           OR NEW.end_date BETWEEN start_date AND end_date)
)
BEGIN
    SELECT RAISE(ABORT, 'these nights are taken');
END;
