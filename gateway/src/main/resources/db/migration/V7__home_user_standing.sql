-- How Home Assistant was last seen to hold the user, where the gateway wished nothing of it.
ALTER TABLE home_user ADD COLUMN standing TEXT NOT NULL DEFAULT 'present'
    CHECK (standing IN ('present', 'inactive', 'gone'));
