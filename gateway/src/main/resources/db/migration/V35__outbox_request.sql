-- Which request it came of, for the log; empty text where it came of none, or is older than this column.
ALTER TABLE outbox ADD COLUMN request TEXT NOT NULL DEFAULT '';
