CREATE INDEX booking_mine ON booking (
    user_id,
    status,
    start_date
);
