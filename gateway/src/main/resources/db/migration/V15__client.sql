-- What kind of client a code is for.
ALTER TABLE authorization_code ADD COLUMN client_kind TEXT NOT NULL DEFAULT 'OWN';
ALTER TABLE redeemed_code ADD COLUMN client_kind TEXT NOT NULL DEFAULT 'OWN';

-- Whether a client may have access is asked of a signed-in person once for each time it asks. The holder is a session or
-- a browser that signs in.
CREATE TABLE pending_consent (
    id_hash       TEXT   NOT NULL PRIMARY KEY,
    holder        TEXT   NOT NULL,
    home_id       TEXT   NOT NULL,
    account_id    TEXT   NOT NULL,
    account_epoch BIGINT NOT NULL,
    destination   TEXT   NOT NULL,
    expires_at    BIGINT NOT NULL
);
CREATE INDEX pending_consent_expires_at_idx ON pending_consent (expires_at);
