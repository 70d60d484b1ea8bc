-- Which browser added a passkey: the hash of its cookie from before it signed in, empty where it sent none. It is not asked about it.
ALTER TABLE new_passkey ADD COLUMN browser_hash TEXT NOT NULL DEFAULT '';
