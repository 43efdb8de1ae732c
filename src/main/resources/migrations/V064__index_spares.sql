-- Which other worker keeps a copy of a shard's files on its disk; null while none does.

ALTER TABLE workspace_shards ADD COLUMN spare TEXT;
