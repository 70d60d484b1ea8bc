-- The audit log is added to: a line leaves by the sweep, which says here what goes, and no line changes.

-- What may leave the audit log just now. Filled and emptied in the one transaction that sweeps; the triggers
-- below let nothing else go.
CREATE TABLE audit_sweep (
    -- Of which outcome; NULL is every one. What was done, and not only tried, leaves by its age alone.
    outcome TEXT CHECK (outcome IN ('begun', 'refused', 'failed')),
    -- Lines before this moment.
    before  BIGINT NOT NULL
);

CREATE TRIGGER audit_event_stays_as_it_is
BEFORE UPDATE ON audit_event
BEGIN
    SELECT RAISE(ABORT, 'audit_event: a line is never changed');
END;

CREATE TRIGGER audit_event_stays
BEFORE DELETE ON audit_event
WHEN NOT EXISTS (SELECT 1
                   FROM audit_sweep
                  WHERE (outcome IS NULL OR outcome = OLD.outcome)
                    AND OLD.at < before)
BEGIN
    SELECT RAISE(ABORT, 'audit_event: a line leaves by the sweep alone');
END;

-- INSERT OR REPLACE removes the line that is in its way, and asks no trigger about it: neither one of the same id
-- nor one of the same row number.
CREATE TRIGGER audit_event_is_not_replaced
BEFORE INSERT ON audit_event
WHEN EXISTS (SELECT 1 FROM audit_event WHERE id = NEW.id OR rowid = NEW.rowid)
BEGIN
    SELECT RAISE(ABORT, 'audit_event: a line is never replaced');
END;
