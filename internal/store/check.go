package store

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// ErrInvalid means that no database could keep it as it is. The error says what is wrong with it and
// never quotes it.
var ErrInvalid = errors.New("cannot be kept")

// MaxID is the longest id in bytes: two of them must fit into an entry of PostgreSQL's indexes.
const MaxID = 1024

// CheckID refuses an id that not every database can keep. What it is the id of is said in the error;
// the id is not, since it may be anything.
func CheckID(what, id string) error {
	switch {
	case id == "":
		return fmt.Errorf("%s: %w: empty", what, ErrInvalid)
	case len(id) > MaxID:
		return fmt.Errorf("%s: %w: more than %d bytes", what, ErrInvalid, MaxID)
	}
	return checkText(what, id)
}

// CheckTurn refuses what Commit cannot keep: every store asks it first, so that all refuse the same.
func CheckTurn(turn Turn, state string, work []Work) error {
	err := errors.Join(CheckID("conversation id", turn.Conversation), CheckID("message id", turn.Message),
		checkText("channel", turn.Channel), checkText("text", turn.Said.String()), checkText("choice", turn.Pressed),
		checkText("reply", turn.Reply), checkText("content version", turn.Content), checkText("state", state))
	for _, w := range work {
		err = errors.Join(err, CheckID("work id", w.ID), checkText("kind of work", w.Kind), checkText("details of work", w.Details),
			checkText("reference", w.Case.Reference), checkText("language", w.Case.Language))
		if w.Conversation != turn.Conversation || w.Sequence != turn.Sequence {
			err = errors.Join(err, fmt.Errorf("work: %w: it belongs to another turn", ErrInvalid))
		}
	}
	return err
}

// CheckSettle refuses what Settle cannot do.
func CheckSettle(id, owner string, state JobState, reason string) error {
	err := errors.Join(CheckID("work id", id), CheckID("owner", owner), checkText("reason", reason))
	if state != Done && state != Waiting && state != Dead {
		err = errors.Join(err, fmt.Errorf("job state: %w: a try ends done, waiting or dead", ErrInvalid))
	}
	return err
}

// CheckLoad refuses what Load cannot look for. No message at all is fine: then none is found.
func CheckLoad(conversation, message string) error {
	err := CheckID("conversation id", conversation)
	if message != "" {
		err = errors.Join(err, CheckID("message id", message))
	}
	return err
}

// checkText refuses what PostgreSQL refuses although SQLite would keep it.
func checkText(what, text string) error {
	if !utf8.ValidString(text) {
		return fmt.Errorf("%s: %w: not UTF-8", what, ErrInvalid)
	}
	if strings.IndexByte(text, 0) >= 0 {
		return fmt.Errorf("%s: %w: NUL character", what, ErrInvalid)
	}
	return nil
}
