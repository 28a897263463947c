CREATE INDEX booking_mine ON booking (status, user_id, start_date);
