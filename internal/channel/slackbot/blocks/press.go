package blocks

import (
	"strconv"
	"strings"
)

// Press is what a button says: that it belongs to a turn of a conversation, and what it means there.
type Press struct {
	Owner       string // as Owner tells it; in a thread there may be several conversations
	Turn        int64
	Kind        string // choose, command, solved or speak
	Fact, Value string // Fact of choose only
}

// format is the version of what String writes; buttons of others are old.
const format = "1"

// Owner tells the buttons of one conversation from those of others, in a few letters of its id.
func Owner(conversation string) string { return conversation[max(0, len(conversation)-ownerLength):] }

const ownerLength = 10

// String is the value of a button.
func (p Press) String() string {
	return strings.Join([]string{format, p.Owner, strconv.FormatInt(p.Turn, 10), p.Kind, p.Fact, p.Value}, "|")
}

// ParsePress reads the value of a button, which anybody may have written.
func ParsePress(value string) (Press, bool) {
	parts := strings.Split(value, "|")
	if len(value) > mostValue || len(parts) != 6 || parts[0] != format {
		return Press{}, false
	}
	turn, err := strconv.ParseInt(parts[2], 10, 64)
	if err != nil || turn < 1 || parts[2] != strconv.FormatInt(turn, 10) {
		return Press{}, false
	}
	p := Press{Owner: parts[1], Turn: turn, Kind: parts[3], Fact: parts[4], Value: parts[5]}
	switch p.Kind {
	case "choose":
		return p, p.Fact != "" && p.Value != ""
	case "command", "solved", "speak":
		return p, p.Fact == "" && p.Value != ""
	}
	return Press{}, false
}
