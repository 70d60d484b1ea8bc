-- Companion apps whose person proves who they are in another browser, and then types a code into the app's page. The
-- link names a hand-off in an address that is read from one screen and typed on another; it opens nothing.
CREATE TABLE hand_off (
    link            TEXT    NOT NULL PRIMARY KEY,
    browser_hash    TEXT    NOT NULL,
    home_id         TEXT    NOT NULL,
    request         TEXT    NOT NULL,
    device          TEXT    NOT NULL,
    address         TEXT    NOT NULL,
    tries           INTEGER NOT NULL,
    begun_at        BIGINT  NOT NULL,
    expires_at      BIGINT  NOT NULL,
    code_hash       TEXT,
    account_id      TEXT,
    account_epoch   BIGINT,
    way             TEXT,
    code_expires_at BIGINT
);
CREATE INDEX hand_off_browser_hash_idx ON hand_off (browser_hash);
CREATE INDEX hand_off_expires_at_idx ON hand_off (expires_at);

-- What the person's list of apps calls what a code becomes.
ALTER TABLE authorization_code ADD COLUMN client_name TEXT NOT NULL DEFAULT '';
