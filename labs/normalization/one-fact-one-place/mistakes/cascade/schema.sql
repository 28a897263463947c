CREATE TABLE guest (
    guest_id   INTEGER PRIMARY KEY,
    guest_name TEXT NOT NULL
);
CREATE TABLE host (
    host_id    INTEGER PRIMARY KEY,
    host_name  TEXT NOT NULL,
    host_phone TEXT NOT NULL
);
CREATE TABLE property (
    property_id INTEGER PRIMARY KEY,
    title       TEXT NOT NULL,
    city        TEXT NOT NULL,
    host_id     INTEGER NOT NULL REFERENCES host (host_id) ON DELETE CASCADE
);
CREATE TABLE booking (
    booking_id  INTEGER PRIMARY KEY,
    guest_id    INTEGER NOT NULL REFERENCES guest (guest_id)
                ON DELETE CASCADE,
    property_id INTEGER NOT NULL REFERENCES property (property_id)
                ON DELETE CASCADE,
    start_date  TEXT NOT NULL,
    price_cents INTEGER NOT NULL
);

INSERT INTO guest (guest_id, guest_name)
SELECT DISTINCT guest_id, guest_name FROM flat;

INSERT INTO host (host_id, host_name, host_phone)
SELECT DISTINCT host_id, host_name, host_phone FROM flat;

INSERT INTO property (property_id, title, city, host_id)
SELECT DISTINCT property_id, title, city, host_id FROM flat;

INSERT INTO booking (booking_id, guest_id, property_id, start_date, price_cents)
SELECT booking_id, guest_id, property_id, start_date, price_cents FROM flat;

CREATE VIEW flat_again AS
SELECT booking_id, guest_id, guest_name, property_id, title, city,
       host_id, host_name, host_phone, start_date, price_cents
FROM booking
JOIN guest USING (guest_id)
JOIN property USING (property_id)
JOIN host USING (host_id);
