CREATE UNIQUE INDEX booking_once
ON booking (property_id, user_id, start_date);
