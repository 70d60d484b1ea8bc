-- Who says that a person is suspended. Each word stands until whoever gave it takes it back, so there can be several.
CREATE TABLE suspension (
    account_id TEXT NOT NULL,
    said_by    TEXT NOT NULL CHECK (said_by IN ('provider', 'scim', 'operator')),
    PRIMARY KEY (account_id, said_by),
    CONSTRAINT suspension_account_id_fkey FOREIGN KEY (account_id) REFERENCES account (id)
);

INSERT INTO suspension (account_id, said_by)
SELECT id, suspended_by FROM account WHERE state = 'suspended' AND suspended_by IS NOT NULL;

ALTER TABLE account DROP COLUMN suspended_by;
