package sqlstore

// The SQL of agents; see statements.go.

const accountColumns = `id, name, key, password, issuer, subject, role, disabled, created, changed`

const insertAccount = `
INSERT INTO accounts (id, name, key, password, issuer, subject, role, disabled, created, changed)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, :now, :now)`

const updateAccount = `
UPDATE accounts SET name = $2, key = $3, password = $4, issuer = $5, subject = $6, role = $7, disabled = $8, changed = :now WHERE id = $1`

const deleteAccount = `DELETE FROM accounts WHERE id = $1`

const (
	selectAccount      = `SELECT ` + accountColumns + ` FROM accounts WHERE id = $1`
	selectAccountNamed = `SELECT ` + accountColumns + ` FROM accounts WHERE key = $1`
	selectAccountOf    = `SELECT ` + accountColumns + ` FROM accounts WHERE issuer = $1 AND subject = $2 AND issuer <> ''`
	selectAccounts     = `SELECT ` + accountColumns + ` FROM accounts ORDER BY key`
)

const upsertSession = `
INSERT INTO sessions (id, data, expires) VALUES ($1, $2, $3)
ON CONFLICT (id) DO UPDATE SET data = excluded.data, expires = excluded.expires`

const selectSession = `SELECT data, expires FROM sessions WHERE id = $1`

const deleteSession = `DELETE FROM sessions WHERE id = $1`

// A count that began before the window, or in a future that a clock has left again, begins anew.
const countAttempt = `
INSERT INTO attempts (key, count, started) VALUES ($1, 1, :now)
ON CONFLICT (key) DO UPDATE SET
	count = CASE WHEN attempts.started > :now - $2 AND attempts.started <= :now THEN attempts.count + 1 ELSE 1 END,
	started = CASE WHEN attempts.started > :now - $2 AND attempts.started <= :now THEN attempts.started ELSE :now END
RETURNING count`

const forgiveAttempt = `UPDATE attempts SET count = count - 1 WHERE key = $1 AND count > 0`

const selectAttempts = `SELECT count, started FROM attempts WHERE key = $1`

const (
	purgeSessions = `DELETE FROM sessions WHERE expires < :now`
	purgeAttempts = `DELETE FROM attempts WHERE started < $1`
)
