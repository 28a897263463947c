CREATE TRIGGER no_overlap_made BEFORE INSERT ON booking
WHEN NEW.status <> 'cancelled' AND EXISTS (
    SELECT 1 FROM booking
    WHERE property_id = NEW.property_id
      AND status <> 'cancelled'
      AND start_date <= NEW.end_date AND end_date >= NEW.start_date
)
BEGIN
    SELECT RAISE(ABORT, 'these nights are taken');
END;

CREATE TRIGGER no_overlap_changed BEFORE UPDATE ON booking
WHEN NEW.status <> 'cancelled' AND EXISTS (
    SELECT 1 FROM booking
    WHERE property_id = NEW.property_id AND id <> NEW.id
      AND status <> 'cancelled'
      AND start_date <= NEW.end_date AND end_date >= NEW.start_date
)
BEGIN
    SELECT RAISE(ABORT, 'these nights are taken');
END;
