-- One table for everything: it works, and facts stand in many rows.
CREATE TABLE booking AS SELECT * FROM flat;

CREATE VIEW flat_again AS SELECT * FROM booking;
