-- What a code stands for: Home Assistant's own code, or the tokens that its person's login gave already.
ALTER TABLE authorization_code ADD COLUMN inner_kind TEXT NOT NULL DEFAULT 'code';

-- Second factors that Home Assistant asks for while somebody proves their own login there. Who proves it to sign in
-- has no account yet; who proves it to keep a user has one.
CREATE TABLE local_question (
    id_hash       TEXT   NOT NULL PRIMARY KEY,
    browser_hash  TEXT   NOT NULL,
    home_id       TEXT   NOT NULL,
    name_hash     TEXT   NOT NULL,
    account_id    TEXT,
    account_epoch BIGINT,
    step_sealed   TEXT   NOT NULL,
    destination   TEXT   NOT NULL,
    expires_at    BIGINT NOT NULL
);
CREATE INDEX local_question_expires_at_idx ON local_question (expires_at);

-- Networks from which somebody has proved their own login: they are not slowed by what strangers try with their name.
CREATE TABLE local_network (
    home_id   TEXT   NOT NULL,
    name_hash TEXT   NOT NULL,
    network   TEXT   NOT NULL,
    seen_at   BIGINT NOT NULL,
    PRIMARY KEY (home_id, name_hash, network)
);
CREATE INDEX local_network_seen_at_idx ON local_network (seen_at);

-- Homes whose password form the console has opened for a while.
CREATE TABLE local_opening (
    home_id    TEXT   NOT NULL PRIMARY KEY,
    expires_at BIGINT NOT NULL
);

-- The one code of the console that opens a home to its emergency administrator.
CREATE TABLE break_glass_code (
    home_id     TEXT    NOT NULL PRIMARY KEY,
    code_hash   TEXT    NOT NULL,
    is_anywhere BOOLEAN NOT NULL,
    tries_left  INTEGER NOT NULL,
    expires_at  BIGINT  NOT NULL
);
