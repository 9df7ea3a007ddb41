-- When a guest's number last changed: reports of messages that were sent before say nothing of where they are now.
ALTER TABLE guest ADD COLUMN moved_at INTEGER;
