-- Whether what a code of the console opened may be used from outside the home's networks, as the code itself was. Of
-- accounts that are no emergency's, nobody asks.
ALTER TABLE session ADD COLUMN is_anywhere BOOLEAN NOT NULL DEFAULT FALSE;
