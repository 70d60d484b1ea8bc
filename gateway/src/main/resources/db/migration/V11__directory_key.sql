-- What the provider's directory calls the subject, as the provider itself said it at the last sign-in: the value of
-- the claim that SCIM users are matched by.
ALTER TABLE identity ADD COLUMN directory_key TEXT;
CREATE INDEX identity_directory_key_idx ON identity (issuer, directory_key);

-- A person whom an administrator gives to a SCIM client: theirs as soon as it sends a user of this name.
CREATE TABLE scim_offer (
    tenant_id     TEXT   NOT NULL,
    user_name_key TEXT   NOT NULL,
    account_id    TEXT   NOT NULL UNIQUE,
    created_at    BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, user_name_key),
    CONSTRAINT scim_offer_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES scim_tenant (id)
);

-- Whom a SCIM client has deleted, by what their provider calls them. The account is suspended.
CREATE TABLE scim_tombstone (
    issuer        TEXT   NOT NULL,
    directory_key TEXT   NOT NULL,
    account_id    TEXT   NOT NULL,
    created_at    BIGINT NOT NULL,
    PRIMARY KEY (issuer, directory_key),
    CONSTRAINT scim_tombstone_account_id_fkey FOREIGN KEY (account_id) REFERENCES account (id)
);
CREATE INDEX scim_tombstone_account_id_idx ON scim_tombstone (account_id);
