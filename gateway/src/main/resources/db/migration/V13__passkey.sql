-- The table was laid out before anything wrote into it.
DROP TABLE passkey;

-- The name by which a person's authenticators know their account: random, and the same for all their passkeys.
CREATE TABLE passkey_user (
    account_id  TEXT NOT NULL PRIMARY KEY,
    user_handle TEXT NOT NULL UNIQUE,
    CONSTRAINT passkey_user_account_id_fkey FOREIGN KEY (account_id) REFERENCES account (id)
);

-- Ids of credentials and keys (COSE) are base64url. transports are words with spaces between them.
CREATE TABLE passkey (
    id                 TEXT    NOT NULL PRIMARY KEY,
    credential_id      TEXT    NOT NULL UNIQUE,
    account_id         TEXT    NOT NULL,
    -- The host that it was made for; browsers offer it nowhere else.
    rp_id              TEXT    NOT NULL,
    name               TEXT    NOT NULL,
    public_key         TEXT    NOT NULL,
    sign_count         BIGINT  NOT NULL,
    is_backup_eligible BOOLEAN NOT NULL,
    is_backed_up       BOOLEAN NOT NULL,
    transports         TEXT    NOT NULL,
    created_at         BIGINT  NOT NULL,
    -- As created_at until it was used.
    last_used_at       BIGINT  NOT NULL,
    CONSTRAINT passkey_account_id_fkey FOREIGN KEY (account_id) REFERENCES passkey_user (account_id)
);
CREATE INDEX passkey_account_id_idx ON passkey (account_id);

-- What an authenticator has been asked to sign. holder_hash is the browser's pre-login cookie, or the session.
CREATE TABLE passkey_challenge (
    challenge_hash TEXT   NOT NULL PRIMARY KEY,
    purpose        TEXT   NOT NULL CHECK (purpose IN ('enrolment', 'sign-in')),
    holder_hash    TEXT   NOT NULL,
    home_id        TEXT   NOT NULL,
    expires_at     BIGINT NOT NULL
);
CREATE INDEX passkey_challenge_expires_at_idx ON passkey_challenge (expires_at);
