-- How a provider vouched last for an identity, and what it can be asked with again.
CREATE TABLE liveness_proof (
    issuer       TEXT    NOT NULL,
    subject      TEXT    NOT NULL,
    account_id   TEXT    NOT NULL,
    -- Whose client the token belongs to.
    provider_id  TEXT    NOT NULL,
    -- Nothing where the provider vouches no longer, or gave no token.
    token_sealed TEXT,
    -- Who is asking with the token at this moment: whoever stores what came of it must be the same.
    claim        TEXT,
    -- Whether the token may have been used up by a question whose answer was lost.
    is_doubtful  BOOLEAN NOT NULL,
    -- Whether somebody was already told that the person could not be suspended.
    is_alarmed   BOOLEAN NOT NULL,
    proven_at    BIGINT  NOT NULL,
    -- When it was asked last, or its token came; moved a little at random, so that questions spread.
    checked_at   BIGINT  NOT NULL,
    PRIMARY KEY (issuer, subject),
    CONSTRAINT liveness_proof_account_id_fkey FOREIGN KEY (account_id) REFERENCES account (id)
);
CREATE INDEX liveness_proof_account_id_idx ON liveness_proof (account_id);
CREATE INDEX liveness_proof_checked_at_idx ON liveness_proof (provider_id, checked_at);
