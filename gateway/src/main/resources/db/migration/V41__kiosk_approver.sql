-- The account of the administrator who approved the key: people choose their names. Empty for keys that are older than this column, of
-- which approved_by, the user name of then, is all that is known.
ALTER TABLE kiosk_key ADD COLUMN approver_id TEXT NOT NULL DEFAULT '';
