-- How the person of a session proved who they are.
ALTER TABLE session ADD COLUMN way TEXT NOT NULL DEFAULT 'provider';

-- A second factor may be asked for before there is a session, and for clients that outlive every session. The holder
-- is a session or a browser that signs in.
DROP TABLE pending_mfa;
CREATE TABLE pending_mfa (
    id_hash       TEXT   NOT NULL PRIMARY KEY,
    holder        TEXT   NOT NULL,
    home_id       TEXT   NOT NULL,
    account_id    TEXT   NOT NULL,
    account_epoch BIGINT NOT NULL,
    ha_user_id    TEXT   NOT NULL,
    step_sealed   TEXT   NOT NULL,
    destination   TEXT   NOT NULL,
    expires_at    BIGINT NOT NULL
);
CREATE INDEX pending_mfa_expires_at_idx ON pending_mfa (expires_at);
