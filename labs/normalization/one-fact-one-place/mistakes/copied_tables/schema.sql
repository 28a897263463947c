CREATE TABLE guest AS
SELECT DISTINCT guest_id, guest_name FROM flat;

CREATE TABLE host AS
SELECT DISTINCT host_id, host_name, host_phone FROM flat;

CREATE TABLE property AS
SELECT DISTINCT property_id, title, city, host_id FROM flat;

CREATE TABLE booking AS
SELECT booking_id, guest_id, property_id, start_date, price_cents FROM flat;

CREATE VIEW flat_again AS
SELECT booking_id, guest_id, guest_name, property_id, title, city,
       host_id, host_name, host_phone, start_date, price_cents
FROM booking
JOIN guest USING (guest_id)
JOIN property USING (property_id)
JOIN host USING (host_id);
