-- A home that the operator takes the gateway away from: since when, and when all of it was done.
ALTER TABLE home ADD COLUMN leaving_since BIGINT;
ALTER TABLE home ADD COLUMN left_at BIGINT;

-- The groups of a user who is older than the account, before the gateway first changed them; separated by spaces.
ALTER TABLE home_user ADD COLUMN groups_before TEXT;

-- Logins of their own that people get when a home is left. Forgotten once it is.
CREATE TABLE new_login (
    home_id         TEXT    NOT NULL,
    account_id      TEXT    NOT NULL,
    username        TEXT    NOT NULL,
    password_sealed TEXT    NOT NULL,
    -- Whether the user was seen to have it.
    is_given        BOOLEAN NOT NULL,
    PRIMARY KEY (home_id, account_id),
    CONSTRAINT new_login_home_id_fkey FOREIGN KEY (home_id) REFERENCES home (id),
    CONSTRAINT new_login_account_id_fkey FOREIGN KEY (account_id) REFERENCES account (id)
);
