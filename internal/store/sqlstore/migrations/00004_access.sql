-- +goose Up
CREATE TABLE accounts (
	id       TEXT   NOT NULL PRIMARY KEY,
	name     TEXT   NOT NULL,
	key      TEXT   NOT NULL UNIQUE,
	password TEXT   NOT NULL, -- hash, '' if the agent signs in elsewhere
	issuer   TEXT   NOT NULL,
	subject  TEXT   NOT NULL,
	role     TEXT   NOT NULL,
	disabled BIGINT NOT NULL, -- 1 or 0
	created  BIGINT NOT NULL,
	changed  BIGINT NOT NULL
);
CREATE UNIQUE INDEX accounts_subject ON accounts (issuer, subject) WHERE issuer <> '';

CREATE TABLE sessions (
	id      TEXT   NOT NULL PRIMARY KEY, -- a hash of what the browser holds
	data    TEXT   NOT NULL,
	expires BIGINT NOT NULL
);
CREATE INDEX sessions_expires ON sessions (expires);

CREATE TABLE attempts (
	key     TEXT   NOT NULL PRIMARY KEY,
	count   BIGINT NOT NULL,
	started BIGINT NOT NULL
);
CREATE INDEX attempts_started ON attempts (started);
