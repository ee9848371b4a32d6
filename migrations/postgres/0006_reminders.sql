-- A reminder belongs to a conversation; its number there stands in `version`. What it is about is in the
-- conversation's sealed state.
ALTER TABLE timers ADD COLUMN conversation_id TEXT;
CREATE INDEX timers_conversation ON timers (conversation_id) WHERE conversation_id IS NOT NULL;
