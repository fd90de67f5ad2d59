-- +goose Up
CREATE TABLE marks (
	key   TEXT   NOT NULL PRIMARY KEY,
	value TEXT   NOT NULL,
	made  BIGINT NOT NULL
);
CREATE INDEX marks_made ON marks (made);
