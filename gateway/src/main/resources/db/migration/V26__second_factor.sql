-- Questions for a second factor are one table, whatever way in they came by. What waits for an answer is lost, and
-- asked anew at the next try.
DROP TABLE pending_mfa;
DROP TABLE local_question;
CREATE TABLE second_factor (
    id_hash     TEXT   NOT NULL PRIMARY KEY,
    -- The page that may answer.
    door        TEXT   NOT NULL,
    -- The session, or the browser, that it was put to.
    holder      TEXT   NOT NULL,
    home_id     TEXT   NOT NULL,
    -- Whose second factor it is: by it codes are counted.
    owner       TEXT   NOT NULL,
    step_sealed TEXT   NOT NULL,
    -- What follows from the right answer, as the room that asked has written it.
    errand      TEXT   NOT NULL,
    expires_at  BIGINT NOT NULL
);
CREATE INDEX second_factor_expires_at_idx ON second_factor (expires_at);

-- Names were hashed without a key.
DELETE FROM local_network;
