-- The number of the last message that asked with buttons. Somebody who presses one of them has it, and with
-- it everything that was said before: such messages need not be sent once more after a crash.
ALTER TABLE conversations ADD COLUMN asked_seq BIGINT NOT NULL DEFAULT 0;
