-- Codes that were taken out: whoever shows one again within its time may hold a stolen one.
CREATE TABLE redeemed_code (
    code_hash      TEXT    NOT NULL PRIMARY KEY,
    taking         TEXT    NOT NULL,
    home_id        TEXT    NOT NULL,
    client_id      TEXT    NOT NULL,
    redirect_uri   TEXT    NOT NULL,
    code_challenge TEXT    NOT NULL,
    session_id     TEXT    NOT NULL,
    address        TEXT    NOT NULL,
    grant_id       TEXT,
    is_replayed    BOOLEAN NOT NULL,
    redeemed_at    BIGINT  NOT NULL,
    expires_at     BIGINT  NOT NULL
);
CREATE INDEX redeemed_code_expires_at_idx ON redeemed_code (expires_at);
