package sqlstore

import (
	"context"
	"fmt"
	"time"

	"passdesk/internal/store"
)

// openCase makes the case of a piece of work.
func openCase(w store.Work, channel string) statement {
	return statement{text: insertCase, arguments: []any{
		w.ID, w.Conversation, channel, w.Sequence, w.Case.Reference, w.Case.Language, w.Details,
	}}
}

// Cases implements store.Cases.
func (s *Store) Cases(ctx context.Context, which store.CaseFilter, skip, limit int) ([]store.Case, error) {
	if err := store.CheckCases(string(which.State), which.Agent); err != nil {
		return nil, fmt.Errorf("list cases: %w", err)
	}
	one := statement{text: selectCases, arguments: []any{string(which.State), which.Agent, max(skip, 0), max(limit, 0)}}
	if which.State == store.CaseClosed {
		one = statement{text: selectClosedCases, arguments: []any{which.Agent, max(skip, 0), max(limit, 0)}}
	}
	return s.cases(ctx, "list cases", one)
}

// CasesOf implements store.Cases.
func (s *Store) CasesOf(ctx context.Context, reference string, limit int) ([]store.Case, error) {
	if err := store.CheckCases(reference); err != nil {
		return nil, fmt.Errorf("find cases: %w", err)
	}
	return s.cases(ctx, "find cases", statement{text: selectCasesOf, arguments: []any{reference, max(limit, 0)}})
}

// Case implements store.Cases.
func (s *Store) Case(ctx context.Context, id string) (store.Case, error) {
	if err := store.CheckID("case id", id); err != nil {
		return store.Case{}, fmt.Errorf("read case: %w", err)
	}
	found, err := s.cases(ctx, "read case", statement{text: selectCase, arguments: []any{id}})
	if err == nil && len(found) == 0 {
		err = fmt.Errorf("read case: %w", store.ErrNotFound)
	}
	if err != nil {
		return store.Case{}, err
	}
	return found[0], nil
}

// cases reads rows of caseColumns.
func (s *Store) cases(ctx context.Context, operation string, one statement) ([]store.Case, error) {
	var found []store.Case
	one.start = func() { found = nil }
	one.each = func(r row) error {
		var c store.Case
		var created, claimed, closed int64
		err := r.Scan(&c.ID, &c.Conversation, &c.Channel, &c.Sequence, &c.Reference, &c.Language, &c.Details,
			&c.State, &c.Agent, &c.Name, &c.Outcome, &created, &claimed, &closed)
		c.Created, c.Claimed, c.Closed = fromMicros(created), timeOrNone(claimed), timeOrNone(closed)
		found = append(found, c)
		return err
	}
	return found, s.look(ctx, operation, one)
}

// timeOrNone is the zero time for what has not happened.
func timeOrNone(n int64) time.Time {
	if n == 0 {
		return time.Time{}
	}
	return fromMicros(n)
}

// TakeCase implements store.Cases.
func (s *Store) TakeCase(ctx context.Context, id, agent, name string) error {
	if err := store.CheckTakeCase(id, agent, name); err != nil {
		return fmt.Errorf("take case: %w", err)
	}
	return s.move(ctx, "take case", statement{text: takeCase, arguments: []any{id, agent, name}}, id, func(c store.Case) bool {
		return c.State == store.CaseClaimed && c.Agent == agent
	})
}

// ReturnCase implements store.Cases.
func (s *Store) ReturnCase(ctx context.Context, id, agent string) error {
	if err := store.CheckReturnCase(id, agent); err != nil {
		return fmt.Errorf("return case: %w", err)
	}
	return s.move(ctx, "return case", statement{text: returnCase, arguments: []any{id, agent}}, id, func(c store.Case) bool {
		return c.State == store.CaseOpen
	})
}

// CloseCase implements store.Cases.
func (s *Store) CloseCase(ctx context.Context, id, agent string, outcome store.CaseOutcome) error {
	if err := store.CheckCloseCase(id, agent, outcome); err != nil {
		return fmt.Errorf("close case: %w", err)
	}
	return s.move(ctx, "close case", statement{text: closeCase, arguments: []any{id, agent, string(outcome)}}, id, func(c store.Case) bool {
		return c.State == store.CaseClosed && c.Agent == agent && c.Outcome == outcome
	})
}

// move changes a case by one statement, whose conditions decide who is first. If it changed nothing
// the case tells why: perhaps it is as it was to be already.
func (s *Store) move(ctx context.Context, operation string, one statement, id string, already func(store.Case) bool) error {
	var changed int64
	one.changed = &changed
	if err := s.change(ctx, operation, one); err != nil || changed > 0 {
		return err
	}
	c, err := s.Case(ctx, id)
	switch {
	case err != nil:
		return fmt.Errorf("%s: %w", operation, err)
	case !already(c):
		return fmt.Errorf("%s: %w: it is %s", operation, store.ErrConflict, c.State)
	}
	return nil
}

// CountCases implements store.Cases. Open and claimed are always in the map.
func (s *Store) CountCases(ctx context.Context) (map[store.CaseState]int, time.Time, error) {
	counts := map[store.CaseState]int{store.CaseOpen: 0, store.CaseClaimed: 0}
	var oldest time.Time
	err := s.look(ctx, "count cases", statement{text: countCases, each: func(r row) error {
		var state store.CaseState
		var count int
		var created int64
		err := r.Scan(&state, &count, &created)
		counts[state] = count
		if state == store.CaseOpen {
			oldest = fromMicros(created)
		}
		return err
	}})
	return counts, oldest, err
}

// versionChunks are how many conversations are asked for at once: few numbers, so that there are few
// statements to prepare.
func versionChunks() []int { return []int{1, 16, 128, 512} }

// Versions implements store.Cases.
func (s *Store) Versions(ctx context.Context, conversations []string) (map[string]int64, error) {
	if err := store.CheckVersions(conversations); err != nil {
		return nil, fmt.Errorf("read versions: %w", err)
	}
	versions := make(map[string]int64, len(conversations))
	for rest := conversations; len(rest) > 0; {
		arguments, left := nextVersions(rest)
		rest = left
		err := s.look(ctx, "read versions", statement{text: selectVersions(len(arguments)), arguments: arguments, each: func(r row) error {
			var id string
			var version int64
			err := r.Scan(&id, &version)
			versions[id] = version
			return err
		}})
		if err != nil {
			return nil, err
		}
	}
	return versions, nil
}

// nextVersions are the conversations to ask for next, filled up with none.
func nextVersions(conversations []string) (arguments []any, rest []string) {
	size := 0
	for _, size = range versionChunks() {
		if size >= len(conversations) {
			break
		}
	}
	arguments = make([]any, size)
	for i := range arguments {
		arguments[i] = ""
		if i < len(conversations) {
			arguments[i] = conversations[i]
		}
	}
	return arguments, conversations[min(size, len(conversations)):]
}
