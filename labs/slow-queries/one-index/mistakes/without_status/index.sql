CREATE INDEX booking_mine ON booking (user_id, start_date);
