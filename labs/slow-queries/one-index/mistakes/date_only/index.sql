CREATE INDEX booking_latest ON booking (start_date);
