-- From where a person asked for a grant, as lists show it: the address, and what the browser said of itself. Empty where
-- that is older than these columns, or nobody asked here.
ALTER TABLE authorization_code ADD COLUMN asked_from TEXT NOT NULL DEFAULT '';
ALTER TABLE authorization_code ADD COLUMN asked_on TEXT NOT NULL DEFAULT '';
ALTER TABLE client_grant ADD COLUMN asked_from TEXT NOT NULL DEFAULT '';
ALTER TABLE client_grant ADD COLUMN asked_on TEXT NOT NULL DEFAULT '';
CREATE INDEX client_grant_client_id_idx ON client_grant (home_id, client_id);
