-- Passkeys about which their people have not been asked yet, from where somebody else than whoever added them can answer.
CREATE TABLE new_passkey (
    passkey_id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL,
    -- Who added it; that session is not asked.
    session_id TEXT NOT NULL,
    address    TEXT NOT NULL,
    -- What the browser called itself.
    device     TEXT NOT NULL,
    CONSTRAINT new_passkey_passkey_id_fkey FOREIGN KEY (passkey_id) REFERENCES passkey (id)
);
CREATE INDEX new_passkey_account_id_idx ON new_passkey (account_id);
