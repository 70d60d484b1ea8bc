-- Whose access a source, a SCIM client or a provider, took away lately. Accounts may be gone by now.
CREATE TABLE departure (
    source     TEXT   NOT NULL,
    account_id TEXT   NOT NULL,
    left_at    BIGINT NOT NULL,
    PRIMARY KEY (source, account_id)
);
CREATE INDEX departure_left_at_idx ON departure (left_at);

-- Whose access it would have taken away, and may not yet.
CREATE TABLE held_departure (
    source     TEXT   NOT NULL,
    account_id TEXT   NOT NULL,
    held_at    BIGINT NOT NULL,
    PRIMARY KEY (source, account_id)
);
CREATE INDEX held_departure_held_at_idx ON held_departure (held_at);

-- A source that is held, or allowed to go on, for a while.
CREATE TABLE deprovisioning_hold (
    source   TEXT    NOT NULL PRIMARY KEY,
    -- The source as people know it.
    name     TEXT    NOT NULL,
    state    TEXT    NOT NULL CHECK (state IN ('held', 'allowed')),
    -- How many people it had when it was held; 0 where it never was.
    people   INTEGER NOT NULL,
    began_at BIGINT  NOT NULL,
    ends_at  BIGINT  NOT NULL
);
