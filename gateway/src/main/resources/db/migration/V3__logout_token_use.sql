-- A provider's logout token works once: it is remembered for as long as it could be shown again.
CREATE TABLE logout_token_use (
    token_hash TEXT   NOT NULL PRIMARY KEY,
    expires_at BIGINT NOT NULL
);
CREATE INDEX logout_token_use_expires_at_idx ON logout_token_use (expires_at);

CREATE INDEX session_provider_sid_idx ON session (issuer, provider_sid);
