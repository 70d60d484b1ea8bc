-- Keys of wall tablets that an administrator approved. public_key is SubjectPublicKeyInfo in base64url.
CREATE TABLE kiosk_key (
    id           TEXT   NOT NULL PRIMARY KEY,
    home_id      TEXT   NOT NULL,
    -- The name in the configuration.
    kiosk        TEXT   NOT NULL,
    public_key   TEXT   NOT NULL,
    device       TEXT   NOT NULL,
    approved_by  TEXT   NOT NULL,
    created_at   BIGINT NOT NULL,
    -- As created_at until it was used.
    last_used_at BIGINT NOT NULL,
    CONSTRAINT kiosk_key_public_key UNIQUE (home_id, kiosk, public_key)
);

-- What a tablet has been asked to sign, once.
CREATE TABLE kiosk_challenge (
    challenge_hash TEXT   NOT NULL PRIMARY KEY,
    browser_hash   TEXT   NOT NULL,
    home_id        TEXT   NOT NULL,
    expires_at     BIGINT NOT NULL
);
CREATE INDEX kiosk_challenge_expires_at_idx ON kiosk_challenge (expires_at);

-- Keys that wait for an administrator to type the code that the tablet shows.
CREATE TABLE kiosk_request (
    code_hash  TEXT    NOT NULL PRIMARY KEY,
    home_id    TEXT    NOT NULL,
    kiosk      TEXT    NOT NULL,
    public_key TEXT    NOT NULL,
    address    TEXT    NOT NULL,
    device     TEXT    NOT NULL,
    created_at BIGINT  NOT NULL,
    expires_at BIGINT  NOT NULL
);
CREATE INDEX kiosk_request_expires_at_idx ON kiosk_request (expires_at);
