-- Whether the person has lost by it that their provider vouches no longer: nothing else that they can show opens a
-- browser until they have signed in there again.
ALTER TABLE liveness_proof ADD COLUMN is_lapsed BOOLEAN NOT NULL DEFAULT FALSE;
