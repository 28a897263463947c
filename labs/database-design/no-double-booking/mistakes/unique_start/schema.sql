CREATE UNIQUE INDEX booking_once
ON booking (property_id, start_date) WHERE status <> 'cancelled';
