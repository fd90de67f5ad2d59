package sqlstore

// The SQL of the store, one text for both databases. ":now" is the time by the store's clock: SQLite
// takes it as an argument, for PostgreSQL it is replaced by an expression, so that it is the server's
// clock without a round trip.

const loadConversation = `
SELECT c.channel, c.version, c.state, c.created, c.updated,
	COALESCE(t.sequence, 0), COALESCE(t.message, ''), COALESCE(t.channel, ''), COALESCE(t.at, 0), COALESCE(t.said, ''),
	COALESCE(t.pressed, ''), COALESCE(t.reply, ''), COALESCE(t.content, '')
FROM conversations c LEFT JOIN turns t ON t.conversation = c.id AND t.message = $2
WHERE c.id = $1`

const selectTurns = `
SELECT sequence, message, channel, at, said, pressed, reply, content
FROM turns WHERE conversation = $1 AND sequence > $2 ORDER BY sequence LIMIT $3`

const selectStates = `
SELECT id, channel, version, state, created, updated FROM conversations WHERE id > $1 ORDER BY id LIMIT $2`

// Commit is a list of the following. They are sent together, so none can look at what the one before
// it did; instead a wrong version breaks a constraint, and with it the whole transaction.

const insertConversation = `
INSERT INTO conversations (id, channel, version, state, created, updated) VALUES ($1, $2, 1, $3, $4, $4)`

// Any other version than the one expected becomes NULL, which is refused. (A NULL in turns would do as
// well, but PostgreSQL writes the row that it refuses into its log.)
const updateConversation = `
UPDATE conversations SET version = CASE WHEN version = $2 THEN version + 1 END, state = $3, updated = $4 WHERE id = $1`

// There is no conversation without an id, so a conversation that is gone, or that was made anew after
// it was gone, breaks the foreign key.
const insertTurn = `
INSERT INTO turns (conversation, sequence, message, channel, at, said, pressed, reply, content)
VALUES (COALESCE((SELECT id FROM conversations WHERE id = $1 AND version = $2), ''), $2, $3, $4, $5, $6, $7, $8, $9)`

const insertWork = `
INSERT INTO outbox (id, kind, conversation, sequence, position, details, state, tries, created, due, owner, lease, reason)
VALUES ($1, $2, $3, $4, $5, $6, 'waiting', 0, :now, :now, '', 0, '')`

// healDue is for clocks that jumped: what is due further away than can be meant is due now.
const healDue = `UPDATE outbox SET due = $1 WHERE state = 'waiting' AND due > $2`

// The statements below must not depend on what a database knows of its rows: PostgreSQL plans badly
// until it has counted a table that has grown, and SQLite never counts. "LIMIT 1 OFFSET 0" keeps "NOT
// EXISTS" from becoming a join, and "state || ”" an index from being used that knows states only.
//
// The outer conditions look superfluous. They are what keeps two replicas apart: PostgreSQL checks
// them again on a row that somebody else has changed meanwhile.
const claimJobs = `
UPDATE outbox SET owner = $1, lease = $2, tries = tries + 1
WHERE id IN (
	SELECT o.id FROM outbox o
	WHERE o.state = 'waiting' AND o.due <= $3 AND (o.lease <= $3 OR o.lease > $4)
	AND NOT EXISTS (
		SELECT 1 FROM outbox e WHERE e.conversation = o.conversation AND e.kind || '' = o.kind AND e.state || '' = 'waiting'
		AND (e.sequence, e.position) < (o.sequence, o.position) LIMIT 1 OFFSET 0
	)
	ORDER BY o.due, o.created, o.conversation LIMIT $5
)
AND state || '' = 'waiting' AND due + 0 <= $3 AND (lease <= $3 OR lease > $4)
RETURNING ` + jobColumns

const jobColumns = `id, kind, conversation, sequence, details, state, tries, created, due, reason`

const settleJob = `
UPDATE outbox SET state = $3, due = $4, reason = $5, owner = '', lease = 0
WHERE id = $1 AND owner = $2 AND state = 'waiting'`

const selectJobs = `
SELECT ` + jobColumns + ` FROM outbox WHERE state = $1
ORDER BY created, conversation, sequence, position LIMIT $2`

const countJobs = `SELECT state, COUNT(*), MIN(created) FROM outbox GROUP BY state`

const releaseJob = `
UPDATE outbox SET state = 'waiting', tries = 1, due = :now, owner = '', lease = 0, reason = ''
WHERE id = $1 AND state IN ('held', 'dead')`

const releaseHeld = `
UPDATE outbox SET state = 'waiting', tries = 1, due = :now, owner = '', lease = 0, reason = ''
WHERE state = 'held'`

// The version keeps a conversation whose next turn is being committed just now.
const purgeConversations = `
DELETE FROM conversations WHERE (id, version) IN (
	SELECT c.id, c.version FROM conversations c
	WHERE c.updated < $1
	AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.conversation = c.id AND o.state || '' IN ('waiting', 'held') LIMIT 1 OFFSET 0)
	ORDER BY c.updated, c.id LIMIT $2
)`

const purgeJobs = `
DELETE FROM outbox WHERE id IN (
	SELECT id FROM outbox WHERE state IN ('done', 'dead') AND created < $1
	ORDER BY created, conversation, sequence, position LIMIT $2
) AND state || '' IN ('done', 'dead')`

const deleteConversation = `DELETE FROM conversations WHERE id = $1`

// touchHealth changes a row that nobody reads.
const touchHealth = `INSERT INTO health (id, checked, filler) VALUES (1, :now, $1)
ON CONFLICT (id) DO UPDATE SET checked = excluded.checked, filler = excluded.filler`
