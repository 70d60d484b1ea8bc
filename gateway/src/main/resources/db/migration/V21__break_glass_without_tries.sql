-- A code of 160 random bits is not guessed, however often somebody tries: nobody's tries count against it.
ALTER TABLE break_glass_code DROP COLUMN tries_left;
