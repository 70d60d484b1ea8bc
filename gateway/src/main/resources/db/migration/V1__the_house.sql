-- Ids are UUIDs (version 7) as text, instants are milliseconds since 1970 in UTC.
-- What is called *_hash is a SHA-256 in hexadecimal; what is called *_sealed opens with the master key only.

CREATE TABLE home (
    id                    TEXT   NOT NULL PRIMARY KEY,
    credential_key_sealed TEXT   NOT NULL,
    created_at            BIGINT NOT NULL
);

-- The key that what is sealed here opens with. One row.
CREATE TABLE master_key (
    id            TEXT   NOT NULL PRIMARY KEY,
    first_used_at BIGINT NOT NULL
);

-- Stored deadlines are guarded against a clock that jumps back.
CREATE TABLE high_water_mark (
    name TEXT   NOT NULL PRIMARY KEY,
    at   BIGINT NOT NULL
);

CREATE TABLE account (
    id           TEXT   NOT NULL PRIMARY KEY,
    username     TEXT   NOT NULL,
    display_name TEXT   NOT NULL,
    picture      TEXT,
    origin       TEXT   NOT NULL CHECK (origin IN ('oidc', 'adopted', 'scim', 'local', 'kiosk', 'break_glass')),
    state        TEXT   NOT NULL CHECK (state IN ('active', 'suspended', 'removed')),
    suspended_by TEXT   CHECK (suspended_by IN ('provider', 'scim', 'operator')),
    epoch        BIGINT NOT NULL,
    created_at   BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL
);
CREATE INDEX account_username_idx ON account (username);

CREATE TABLE identity (
    issuer       TEXT   NOT NULL,
    subject      TEXT   NOT NULL,
    account_id   TEXT   NOT NULL,
    created_at   BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    PRIMARY KEY (issuer, subject),
    CONSTRAINT identity_account_id_fkey FOREIGN KEY (account_id) REFERENCES account (id)
);
CREATE INDEX identity_account_id_idx ON identity (account_id);

CREATE TABLE role (
    account_id TEXT NOT NULL,
    home_id    TEXT NOT NULL,
    role       TEXT NOT NULL CHECK (role IN ('admin', 'user', 'viewer')),
    -- A lesser role than before, which Home Assistant has not heard of yet: until then no token passes.
    is_held    BOOLEAN NOT NULL,
    PRIMARY KEY (account_id, home_id),
    CONSTRAINT role_account_id_fkey FOREIGN KEY (account_id) REFERENCES account (id),
    CONSTRAINT role_home_id_fkey FOREIGN KEY (home_id) REFERENCES home (id)
);

CREATE TABLE passkey (
    credential_id TEXT   NOT NULL PRIMARY KEY,
    account_id    TEXT   NOT NULL,
    rp_id         TEXT   NOT NULL,
    user_handle   TEXT   NOT NULL,
    name          TEXT   NOT NULL,
    public_key    TEXT   NOT NULL,
    sign_count    BIGINT NOT NULL,
    created_at    BIGINT NOT NULL,
    last_used_at  BIGINT,
    CONSTRAINT passkey_account_id_fkey FOREIGN KEY (account_id) REFERENCES account (id)
);

-- One account's user at one home. The row is written before Home Assistant is asked, so that a crash in between heals.
CREATE TABLE home_user (
    account_id          TEXT    NOT NULL,
    home_id             TEXT    NOT NULL,
    credential_username TEXT    NOT NULL UNIQUE,
    credential_version  INTEGER NOT NULL,
    ha_user_id          TEXT,
    is_attached         BOOLEAN NOT NULL,
    state               TEXT    NOT NULL CHECK (state IN ('pending', 'ready')),
    -- Closed from the moment that access ends until a later sign-in has seen that no old token is left.
    is_closed           BOOLEAN NOT NULL,
    -- Whether every token was seen to end after access was closed.
    is_emptied          BOOLEAN NOT NULL,
    created_at          BIGINT  NOT NULL,
    PRIMARY KEY (account_id, home_id),
    UNIQUE (home_id, ha_user_id),
    CONSTRAINT home_user_account_id_fkey FOREIGN KEY (account_id) REFERENCES account (id),
    CONSTRAINT home_user_home_id_fkey FOREIGN KEY (home_id) REFERENCES home (id)
);

CREATE TABLE session (
    id               TEXT   NOT NULL PRIMARY KEY,
    token_hash       TEXT   NOT NULL UNIQUE,
    account_id       TEXT   NOT NULL,
    account_epoch    BIGINT NOT NULL,
    home_id          TEXT   NOT NULL,
    issuer           TEXT   NOT NULL,
    provider_sid     TEXT,
    authenticated_at BIGINT NOT NULL,
    created_at       BIGINT NOT NULL,
    last_used_at     BIGINT NOT NULL,
    expires_at       BIGINT NOT NULL,
    address          TEXT   NOT NULL,
    user_agent       TEXT   NOT NULL,
    CONSTRAINT session_account_id_fkey FOREIGN KEY (account_id) REFERENCES account (id),
    CONSTRAINT session_home_id_fkey FOREIGN KEY (home_id) REFERENCES home (id)
);
CREATE INDEX session_account_id_idx ON session (account_id);

-- One client's authorization at a home: our refresh token outside (hashed), Home Assistant's inside (sealed).
-- A service grant belongs to a system user of Home Assistant (Cast) and has neither account nor client_id.
CREATE TABLE client_grant (
    id            TEXT   NOT NULL PRIMARY KEY,
    home_id       TEXT   NOT NULL,
    account_id    TEXT,
    account_epoch BIGINT NOT NULL,
    session_id    TEXT,
    client_id     TEXT,
    kind          TEXT   NOT NULL CHECK (kind IN ('client', 'adopted', 'long-lived', 'service')),
    state         TEXT   NOT NULL CHECK (state IN ('pending', 'active', 'revoked')),
    name          TEXT   NOT NULL,
    outer_hash    TEXT   UNIQUE,
    inner_sealed  TEXT,
    created_at    BIGINT NOT NULL,
    last_used_at  BIGINT NOT NULL,
    revoked_at    BIGINT,
    CONSTRAINT client_grant_home_id_fkey FOREIGN KEY (home_id) REFERENCES home (id),
    CONSTRAINT client_grant_account_id_fkey FOREIGN KEY (account_id) REFERENCES account (id)
);
CREATE INDEX client_grant_account_id_idx ON client_grant (account_id);
CREATE INDEX client_grant_session_id_idx ON client_grant (session_id);

-- Home Assistant's own ids of refresh tokens: the "iss" of every access token and signed path made from them.
CREATE TABLE upstream_token (
    home_id     TEXT   NOT NULL,
    ha_token_id TEXT   NOT NULL,
    grant_id    TEXT   NOT NULL,
    created_at  BIGINT NOT NULL,
    PRIMARY KEY (home_id, ha_token_id),
    CONSTRAINT upstream_token_grant_id_fkey FOREIGN KEY (grant_id) REFERENCES client_grant (id)
);
CREATE INDEX upstream_token_grant_id_idx ON upstream_token (grant_id);

CREATE TABLE webhook (
    home_id    TEXT    NOT NULL,
    id_hash    TEXT    NOT NULL,
    account_id TEXT,
    name       TEXT    NOT NULL,
    open_until BIGINT,
    -- Closed for good when access ended: whoever had the id then may have it still.
    is_closed  BOOLEAN NOT NULL,
    created_at BIGINT  NOT NULL,
    PRIMARY KEY (home_id, id_hash),
    CONSTRAINT webhook_home_id_fkey FOREIGN KEY (home_id) REFERENCES home (id),
    CONSTRAINT webhook_account_id_fkey FOREIGN KEY (account_id) REFERENCES account (id)
);

-- A sign-in under way: consumed once, by the browser that began it.
CREATE TABLE pending_sign_in (
    state_hash           TEXT   NOT NULL PRIMARY KEY,
    browser_hash         TEXT   NOT NULL,
    home_id              TEXT   NOT NULL,
    provider_id          TEXT   NOT NULL,
    nonce_sealed         TEXT   NOT NULL,
    code_verifier_sealed TEXT   NOT NULL,
    prompt               TEXT   NOT NULL,
    destination          TEXT   NOT NULL,
    created_at           BIGINT NOT NULL,
    expires_at           BIGINT NOT NULL
);
CREATE INDEX pending_sign_in_expires_at_idx ON pending_sign_in (expires_at);

-- Where a browser wants to go that still chooses how to sign in.
CREATE TABLE pending_choice (
    id_hash      TEXT   NOT NULL PRIMARY KEY,
    browser_hash TEXT   NOT NULL,
    home_id      TEXT   NOT NULL,
    prompt       TEXT   NOT NULL,
    destination  TEXT   NOT NULL,
    expires_at   BIGINT NOT NULL
);
CREATE INDEX pending_choice_expires_at_idx ON pending_choice (expires_at);

-- A second factor that Home Assistant asks for, shown on our page.
CREATE TABLE pending_mfa (
    id_hash     TEXT   NOT NULL PRIMARY KEY,
    session_id  TEXT   NOT NULL,
    home_id     TEXT   NOT NULL,
    ha_user_id  TEXT   NOT NULL,
    step_sealed TEXT   NOT NULL,
    destination TEXT   NOT NULL,
    expires_at  BIGINT NOT NULL
);
CREATE INDEX pending_mfa_expires_at_idx ON pending_mfa (expires_at);

-- Our authorization code outside (hashed), Home Assistant's inside (sealed). Consumed once.
CREATE TABLE authorization_code (
    code_hash      TEXT   NOT NULL PRIMARY KEY,
    home_id        TEXT   NOT NULL,
    account_id     TEXT   NOT NULL,
    account_epoch  BIGINT NOT NULL,
    session_id     TEXT   NOT NULL,
    client_id      TEXT   NOT NULL,
    redirect_uri   TEXT   NOT NULL,
    code_challenge TEXT   NOT NULL,
    ha_user_id     TEXT   NOT NULL,
    inner_sealed   TEXT   NOT NULL,
    expires_at     BIGINT NOT NULL
);
CREATE INDEX authorization_code_expires_at_idx ON authorization_code (expires_at);

-- What Home Assistant has still to be told.
CREATE TABLE outbox (
    id              TEXT    NOT NULL PRIMARY KEY,
    home_id         TEXT    NOT NULL,
    account_id      TEXT,
    kind            TEXT    NOT NULL,
    payload_sealed  TEXT    NOT NULL,
    created_at      BIGINT  NOT NULL,
    attempt_count   INTEGER NOT NULL,
    next_attempt_at BIGINT  NOT NULL,
    problem         TEXT    NOT NULL,
    is_unconverged  BOOLEAN NOT NULL
);
CREATE INDEX outbox_next_attempt_at_idx ON outbox (next_attempt_at);

CREATE TABLE audit_event (
    id         TEXT   NOT NULL PRIMARY KEY,
    at         BIGINT NOT NULL,
    kind       TEXT   NOT NULL,
    outcome    TEXT   NOT NULL,
    home_id    TEXT,
    account_id TEXT,
    actor      TEXT   NOT NULL,
    address    TEXT   NOT NULL,
    reason     TEXT   NOT NULL,
    detail     TEXT   NOT NULL
);
CREATE INDEX audit_event_at_idx ON audit_event (at);
CREATE INDEX audit_event_outcome_idx ON audit_event (outcome, id);
