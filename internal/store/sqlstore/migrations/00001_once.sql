-- Two replicas may migrate at the same time. With this index the second one to note a version fails
-- and takes its whole migration back, so that every migration is applied once, without a lock.
-- +goose Up
CREATE UNIQUE INDEX goose_db_version_once ON goose_db_version (version_id);
