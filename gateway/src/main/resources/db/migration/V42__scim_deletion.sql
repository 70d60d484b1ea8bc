-- Whom a SCIM client has deleted, whether or not it was known what their provider calls them: not everybody whom one has
-- suspended, since a client that is removed leaves behind whom it had switched off.
CREATE TABLE scim_deletion (
    account_id TEXT NOT NULL PRIMARY KEY,
    CONSTRAINT scim_deletion_account_id_fkey FOREIGN KEY (account_id) REFERENCES account (id)
);

INSERT INTO scim_deletion (account_id) SELECT DISTINCT account_id FROM scim_tombstone;
