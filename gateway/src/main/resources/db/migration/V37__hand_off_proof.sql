-- What somebody proved themselves with for an app, where that has a name: it must still be there when the code is typed.
ALTER TABLE hand_off ADD COLUMN proof_key TEXT NOT NULL DEFAULT '';
