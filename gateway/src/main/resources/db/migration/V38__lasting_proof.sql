-- Whether the token outlives its person's session at the provider, so that one which does not is no reason to give it up.
-- Of the tokens that are older than this column nobody knows: the next sign-in replaces them.
ALTER TABLE liveness_proof ADD COLUMN is_lasting BOOLEAN NOT NULL DEFAULT FALSE;
