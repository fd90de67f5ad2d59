package sqlstore

import (
	"strconv"
	"strings"
)

// The SQL of cases; see statements.go.

const insertCase = `
INSERT INTO cases (id, conversation, channel, sequence, reference, language, details, state, agent, name, outcome, created, claimed, closed)
VALUES ($1, $2, $3, $4, $5, $6, $7, 'open', '', '', '', :now, 0, 0)`

const caseColumns = `id, conversation, channel, sequence, reference, language, details, state, agent, name, outcome, created, claimed, closed`

const selectCases = `
SELECT ` + caseColumns + ` FROM cases WHERE state = $1 AND ($2 = '' OR agent = $2)
ORDER BY created, id LIMIT $4 OFFSET $3`

// A case that is not closed has no time of closing, so the index is that of the closed ones.
const selectClosedCases = `
SELECT ` + caseColumns + ` FROM cases WHERE closed > 0 AND state || '' = 'closed' AND ($1 = '' OR agent = $1)
ORDER BY closed DESC, id LIMIT $3 OFFSET $2`

const selectCasesOf = `
SELECT ` + caseColumns + ` FROM cases WHERE reference = $1 ORDER BY created DESC, id LIMIT $2`

const selectCase = `SELECT ` + caseColumns + ` FROM cases WHERE id = $1`

const takeCase = `
UPDATE cases SET state = 'claimed', agent = $2, name = $3, claimed = :now WHERE id = $1 AND state = 'open'`

const returnCase = `
UPDATE cases SET state = 'open', agent = '', name = '', claimed = 0 WHERE id = $1 AND agent = $2 AND state = 'claimed'`

const closeCase = `
UPDATE cases SET state = 'closed', outcome = $3, closed = :now WHERE id = $1 AND agent = $2 AND state = 'claimed'`

const countCases = `SELECT state, COUNT(*), MIN(created) FROM cases WHERE state IN ('open', 'claimed') GROUP BY state`

// selectVersions asks for so many conversations at once.
func selectVersions(conversations int) string {
	places := make([]string, conversations)
	for i := range places {
		places[i] = "$" + strconv.Itoa(i+1)
	}
	return `SELECT id, version FROM conversations WHERE id IN (` + strings.Join(places, ", ") + `)`
}
