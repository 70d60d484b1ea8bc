-- What was demanded of a wall tablet when the gateway ran last: what it was given without a key ends once it needs one.
CREATE TABLE kiosk_demand (
    home_id      TEXT    NOT NULL,
    -- The name in the configuration.
    kiosk        TEXT    NOT NULL,
    asks_for_key BOOLEAN NOT NULL,
    PRIMARY KEY (home_id, kiosk)
);
