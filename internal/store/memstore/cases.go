package memstore

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"passdesk/internal/store"
)

// open makes the case of a piece of work, if people are to do it.
func (s *Store) open(w store.Work, channel string) {
	if w.Case.Reference == "" {
		return
	}
	s.cases[w.ID] = &store.Case{
		ID: w.ID, Conversation: w.Conversation, Channel: channel, Sequence: w.Sequence, Reference: w.Case.Reference,
		Language: w.Case.Language, Details: w.Details, State: store.CaseOpen, Created: kept(s.clock()),
	}
}

// Cases implements store.Cases.
func (s *Store) Cases(ctx context.Context, which store.CaseFilter, skip, limit int) ([]store.Case, error) {
	if err := store.CheckCases(string(which.State), which.Agent); err != nil {
		return nil, fmt.Errorf("list cases: %w", err)
	}
	order := func(a, b store.Case) int { return a.Created.Compare(b.Created) }
	if which.State == store.CaseClosed {
		order = func(a, b store.Case) int { return b.Closed.Compare(a.Closed) }
	}
	return s.list(ctx, "list cases", skip, limit, order, func(c *store.Case) bool {
		return c.State == which.State && (which.Agent == "" || c.Agent == which.Agent)
	})
}

// CasesOf implements store.Cases.
func (s *Store) CasesOf(ctx context.Context, reference string, limit int) ([]store.Case, error) {
	if err := store.CheckCases(reference); err != nil {
		return nil, fmt.Errorf("find cases: %w", err)
	}
	newest := func(a, b store.Case) int { return b.Created.Compare(a.Created) }
	return s.list(ctx, "find cases", 0, limit, newest, func(c *store.Case) bool { return c.Reference == reference })
}

func (s *Store) list(ctx context.Context, operation string, skip, limit int, order func(a, b store.Case) int, wanted func(*store.Case) bool) ([]store.Case, error) {
	leave, err := s.enter(ctx, operation)
	if err != nil {
		return nil, err
	}
	defer leave()
	var found []store.Case
	for _, c := range s.cases {
		if wanted(c) {
			found = append(found, *c)
		}
	}
	slices.SortFunc(found, func(a, b store.Case) int { return cmp.Or(order(a, b), cmp.Compare(a.ID, b.ID)) })
	found = found[min(max(skip, 0), len(found)):]
	return found[:min(max(limit, 0), len(found))], nil
}

// Case implements store.Cases.
func (s *Store) Case(ctx context.Context, id string) (store.Case, error) {
	if err := store.CheckID("case id", id); err != nil {
		return store.Case{}, fmt.Errorf("read case: %w", err)
	}
	leave, err := s.enter(ctx, "read case")
	if err != nil {
		return store.Case{}, err
	}
	defer leave()
	if s.cases[id] == nil {
		return store.Case{}, fmt.Errorf("read case: %w", store.ErrNotFound)
	}
	return *s.cases[id], nil
}

// TakeCase implements store.Cases.
func (s *Store) TakeCase(ctx context.Context, id, agent, name string) error {
	err := store.CheckTakeCase(id, agent, name)
	return s.move(ctx, "take case", err, id, func(c *store.Case) bool {
		if c.State == store.CaseOpen {
			c.State, c.Agent, c.Name, c.Claimed = store.CaseClaimed, agent, name, kept(s.clock())
		}
		return c.State == store.CaseClaimed && c.Agent == agent
	})
}

// ReturnCase implements store.Cases.
func (s *Store) ReturnCase(ctx context.Context, id, agent string) error {
	err := store.CheckReturnCase(id, agent)
	return s.move(ctx, "return case", err, id, func(c *store.Case) bool {
		if c.State == store.CaseClaimed && c.Agent == agent {
			c.State, c.Agent, c.Name, c.Claimed = store.CaseOpen, "", "", time.Time{}
		}
		return c.State == store.CaseOpen
	})
}

// CloseCase implements store.Cases.
func (s *Store) CloseCase(ctx context.Context, id, agent string, outcome store.CaseOutcome) error {
	err := store.CheckCloseCase(id, agent, outcome)
	return s.move(ctx, "close case", err, id, func(c *store.Case) bool {
		if c.State == store.CaseClaimed && c.Agent == agent {
			c.State, c.Outcome, c.Closed = store.CaseClosed, outcome, kept(s.clock())
		}
		return c.State == store.CaseClosed && c.Agent == agent && c.Outcome == outcome
	})
}

// move changes a case; change reports whether it is now as it was to be.
func (s *Store) move(ctx context.Context, operation string, invalid error, id string, change func(*store.Case) bool) error {
	if invalid != nil {
		return fmt.Errorf("%s: %w", operation, invalid)
	}
	leave, err := s.enter(ctx, operation)
	if err != nil {
		return err
	}
	defer leave()
	c := s.cases[id]
	if c == nil {
		return fmt.Errorf("%s: %w", operation, store.ErrNotFound)
	}
	if !change(c) {
		return fmt.Errorf("%s: %w: it is %s", operation, store.ErrConflict, c.State)
	}
	return nil
}

// CountCases implements store.Cases.
func (s *Store) CountCases(ctx context.Context) (map[store.CaseState]int, time.Time, error) {
	counts := map[store.CaseState]int{store.CaseOpen: 0, store.CaseClaimed: 0}
	var oldest time.Time
	leave, err := s.enter(ctx, "count cases")
	if err != nil {
		return counts, oldest, err
	}
	defer leave()
	for _, c := range s.cases {
		if c.State == store.CaseClosed {
			continue
		}
		counts[c.State]++
		if c.State == store.CaseOpen && (oldest.IsZero() || c.Created.Before(oldest)) {
			oldest = c.Created
		}
	}
	return counts, oldest, nil
}

// Versions implements store.Cases.
func (s *Store) Versions(ctx context.Context, conversations []string) (map[string]int64, error) {
	if err := store.CheckVersions(conversations); err != nil {
		return nil, fmt.Errorf("read versions: %w", err)
	}
	leave, err := s.enter(ctx, "read versions")
	if err != nil {
		return nil, err
	}
	defer leave()
	versions := make(map[string]int64, len(conversations))
	for _, id := range conversations {
		if c := s.conversations[id]; c != nil {
			versions[id] = c.Version
		}
	}
	return versions, nil
}
