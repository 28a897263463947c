-- What was exported. Your schema.sql runs after this file.
CREATE TABLE flat (
    booking_id  INTEGER NOT NULL,
    guest_id    INTEGER NOT NULL,
    guest_name  TEXT NOT NULL,
    property_id INTEGER NOT NULL,
    title       TEXT NOT NULL,
    city        TEXT NOT NULL,
    host_id     INTEGER NOT NULL,
    host_name   TEXT NOT NULL,
    host_phone  TEXT NOT NULL,
    start_date  TEXT NOT NULL,
    price_cents INTEGER NOT NULL
);
INSERT INTO flat VALUES
(101, 1, 'Lena', 11, 'Sunny loft', 'Accra', 21, 'Kofi', '555-0101',
 '2025-03-01', 8000),
(102, 2, 'Omar', 11, 'Sunny loft', 'Accra', 21, 'Kofi', '555-0101',
 '2025-04-07', 9000),
(103, 1, 'Lena', 12, 'Lake cabin', 'Kampala', 22, 'Grace', '555-0199',
 '2025-05-02', 12000),
(104, 3, 'Ines', 12, 'Lake cabin', 'Kampala', 22, 'Grace', '555-0199',
 '2025-06-11', 12000),
(105, 4, 'Lena', 13, 'Garden flat', 'Accra', 23, 'Efua', '555-0142',
 '2025-06-20', 6000),
(106, 2, 'Omar', 13, 'Garden flat', 'Accra', 23, 'Efua', '555-0142',
 '2025-07-01', 6000);
