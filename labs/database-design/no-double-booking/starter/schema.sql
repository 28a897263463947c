-- Finds the bookings of a property fast, and refuses nothing.
CREATE INDEX booking_of_property ON booking (property_id, start_date);
