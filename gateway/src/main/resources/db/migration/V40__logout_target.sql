-- What a logout token ended, and when it came: a sign-in that was under way then is over, too. Hashed, as the token's id is.
ALTER TABLE logout_token_use ADD COLUMN target_hash TEXT NOT NULL DEFAULT '';
ALTER TABLE logout_token_use ADD COLUMN used_at BIGINT NOT NULL DEFAULT 0;
CREATE INDEX logout_token_use_target_hash_idx ON logout_token_use (target_hash);
