CREATE INDEX booking_mine ON booking (start_date, user_id, status);
