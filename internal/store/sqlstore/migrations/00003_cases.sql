-- +goose Up
CREATE TABLE cases (
	id           TEXT   NOT NULL PRIMARY KEY, -- that of the work it was made with
	conversation TEXT   NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
	channel      TEXT   NOT NULL,
	sequence     BIGINT NOT NULL,
	reference    TEXT   NOT NULL,
	language     TEXT   NOT NULL,
	details      TEXT   NOT NULL,
	state        TEXT   NOT NULL,
	agent        TEXT   NOT NULL, -- '' while nobody has it
	name         TEXT   NOT NULL,
	outcome      TEXT   NOT NULL, -- '' until it is closed
	created      BIGINT NOT NULL,
	claimed      BIGINT NOT NULL, -- 0 while nobody has it
	closed       BIGINT NOT NULL  -- 0 until it is closed
);
CREATE INDEX cases_state ON cases (state, created, id);
CREATE INDEX cases_closed ON cases (closed, id);
CREATE INDEX cases_reference ON cases (reference);
CREATE INDEX cases_conversation ON cases (conversation);
