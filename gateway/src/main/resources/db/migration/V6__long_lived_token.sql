-- When a long-lived token runs out; other grants live as long as they are used.
ALTER TABLE client_grant ADD COLUMN expires_at BIGINT;
