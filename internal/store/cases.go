package store

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Opening is what is kept of work that people do, too: with the work a case is made, under the work's
// id. The zero Opening is work that nobody but the program does.
type Opening struct {
	Reference string // by which people speak of it; "" for no case
	Language  string // of the customer
}

// Case is a conversation that people are to work on. It goes when its conversation goes: an open case
// does not keep a conversation longer than retention allows.
type Case struct {
	ID           string // that of the work it was made with
	Conversation string
	Channel      string // of the turn that made it
	Sequence     int64  // of that turn
	Reference    string
	Language     string
	Details      string // those of the work, which may be purged before
	State        CaseState
	Agent        string // id of the agent who has it, or had it when it was closed; "" if nobody has
	Name         string // the agent's
	Outcome      CaseOutcome
	Created      time.Time
	Claimed      time.Time // zero while nobody has it
	Closed       time.Time // zero until it is closed
}

// CaseState is how far a case has come.
type CaseState string

// The states of a case.
const (
	CaseOpen    CaseState = "open"
	CaseClaimed CaseState = "claimed" // an agent works on it
	CaseClosed  CaseState = "closed"
)

// CaseOutcome is what became of a case.
type CaseOutcome string

// The outcomes of a case. One that is not closed has none.
const (
	Solved    CaseOutcome = "solved"
	NotSolved CaseOutcome = "not-solved"
	Other     CaseOutcome = "other"
)

// CaseFilter says which cases are listed.
type CaseFilter struct {
	State CaseState
	Agent string // only those of this agent; "" for everybody's
}

// Cases is what agents need. What changes a case may be asked for again, if it is unknown whether it
// was done.
type Cases interface {
	// Cases lists cases, the one that has been waiting longest first, of closed ones the one that
	// was closed last: at most limit after those that are skipped.
	Cases(ctx context.Context, which CaseFilter, skip, limit int) ([]Case, error)
	// CasesOf lists the cases with a reference, the newest first: two may share one.
	CasesOf(ctx context.Context, reference string, limit int) ([]Case, error)
	// Case returns one. ErrNotFound if it is not there.
	Case(ctx context.Context, id string) (Case, error)
	// TakeCase gives an open case to an agent. ErrConflict if another has it or it is closed.
	TakeCase(ctx context.Context, id, agent, name string) error
	// ReturnCase opens a case again that the agent has. ErrConflict if another has it or it is
	// closed.
	ReturnCase(ctx context.Context, id, agent string) error
	// CloseCase ends a case that the agent has. ErrConflict if the agent does not have it, or closed
	// it with another outcome.
	CloseCase(ctx context.Context, id, agent string, outcome CaseOutcome) error
	// CountCases counts the cases that are open and claimed, and tells when the oldest open one was
	// made (zero if none is open).
	CountCases(ctx context.Context) (map[CaseState]int, time.Time, error)
	// Versions returns the versions of conversations. One that is not there is left out.
	Versions(ctx context.Context, conversations []string) (map[string]int64, error)
}

// CheckTakeCase refuses what TakeCase cannot keep.
func CheckTakeCase(id, agent, name string) error {
	return errors.Join(CheckID("case id", id), CheckID("agent id", agent), checkText("name of agent", name))
}

// CheckReturnCase refuses what ReturnCase cannot look for.
func CheckReturnCase(id, agent string) error { return CheckTakeCase(id, agent, "") }

// CheckCloseCase refuses what CloseCase cannot do.
func CheckCloseCase(id, agent string, outcome CaseOutcome) error {
	err := CheckTakeCase(id, agent, "")
	if outcome != Solved && outcome != NotSolved && outcome != Other {
		err = errors.Join(err, fmt.Errorf("outcome of case: %w: there is no such outcome", ErrInvalid))
	}
	return err
}

// CheckVersions refuses conversations that Versions cannot look for.
func CheckVersions(conversations []string) error {
	for _, id := range conversations {
		if err := CheckID("conversation id", id); err != nil {
			return err
		}
	}
	return nil
}

// CheckCases refuses what Cases and CasesOf cannot look for.
func CheckCases(texts ...string) error {
	for _, text := range texts {
		if err := checkText("which cases", text); err != nil {
			return err
		}
	}
	return nil
}
