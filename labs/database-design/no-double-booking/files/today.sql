-- The database of Nexus Stays as it is before schema.sql runs.
CREATE TABLE day (date TEXT PRIMARY KEY);

WITH RECURSIVE n (date) AS (
    SELECT '2025-01-01'
    UNION ALL
    SELECT date(date, '+1 day') FROM n WHERE date < '2027-12-31'
)
INSERT INTO day SELECT date FROM n;

CREATE TABLE property (id INTEGER PRIMARY KEY, title TEXT NOT NULL);

CREATE TABLE booking (
    id          INTEGER PRIMARY KEY,
    property_id INTEGER NOT NULL REFERENCES property (id),
    user_id     INTEGER NOT NULL,
    start_date  TEXT NOT NULL REFERENCES day (date),
    end_date    TEXT NOT NULL REFERENCES day (date),
    status      TEXT NOT NULL
                CHECK (status IN ('pending', 'confirmed', 'cancelled')),
    CHECK (end_date > start_date)
);

INSERT INTO property VALUES
    (1, 'Quiet loft by the park'), (2, 'Sunny cabin with a view'),
    (3, 'Green house by the water'), (4, 'Cozy studio near the market');

INSERT INTO booking VALUES
    (1, 1, 7, '2025-05-01', '2025-05-04', 'confirmed'),
    (2, 1, 8, '2025-05-04', '2025-05-06', 'pending'),
    (3, 1, 9, '2025-05-02', '2025-05-05', 'cancelled'),
    (4, 2, 7, '2025-05-01', '2025-05-04', 'confirmed');
