CREATE INDEX booking_mine ON booking (user_id, status, start_date);
CREATE INDEX booking_user ON booking (user_id);
