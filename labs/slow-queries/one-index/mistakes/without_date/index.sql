CREATE INDEX booking_user ON booking (user_id, status);
