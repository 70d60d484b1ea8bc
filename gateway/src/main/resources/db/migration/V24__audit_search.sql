-- What happened to one person, and what happened of one kind, without reading everything.
CREATE INDEX audit_event_account_idx ON audit_event (account_id, at);
CREATE INDEX audit_event_kind_idx ON audit_event (kind, at);
