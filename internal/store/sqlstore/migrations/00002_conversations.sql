-- +goose Up
CREATE TABLE conversations (
	id      TEXT   NOT NULL PRIMARY KEY,
	channel TEXT   NOT NULL,
	version BIGINT NOT NULL, -- number of turns
	state   TEXT   NOT NULL,
	created BIGINT NOT NULL, -- all times are microseconds since 1970, UTC
	updated BIGINT NOT NULL
);
CREATE INDEX conversations_updated ON conversations (updated, id);

CREATE TABLE turns (
	conversation TEXT   NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
	sequence     BIGINT NOT NULL,
	message      TEXT   NOT NULL,
	channel      TEXT   NOT NULL,
	at           BIGINT NOT NULL,
	said         TEXT   NOT NULL,
	pressed      TEXT   NOT NULL,
	reply        TEXT   NOT NULL,
	content      TEXT   NOT NULL,
	PRIMARY KEY (conversation, sequence),
	UNIQUE (conversation, message)
);

CREATE TABLE outbox (
	id           TEXT   NOT NULL PRIMARY KEY,
	kind         TEXT   NOT NULL,
	conversation TEXT   NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
	sequence     BIGINT NOT NULL,
	position     BIGINT NOT NULL, -- within the work of its turn
	details      TEXT   NOT NULL,
	state        TEXT   NOT NULL,
	tries        BIGINT NOT NULL,
	created      BIGINT NOT NULL,
	due          BIGINT NOT NULL,
	owner        TEXT   NOT NULL, -- '' unless leased
	lease        BIGINT NOT NULL, -- when it runs out
	reason       TEXT   NOT NULL,
	UNIQUE (conversation, sequence, position)
);
CREATE INDEX outbox_due ON outbox (state, due, created, conversation);
CREATE INDEX outbox_state ON outbox (state, created, conversation, sequence, position);

-- One row, written when it must be known whether anything can be written.
CREATE TABLE health (
	id      BIGINT NOT NULL PRIMARY KEY,
	checked BIGINT NOT NULL,
	filler  TEXT   NOT NULL -- takes the room of some turns
);
