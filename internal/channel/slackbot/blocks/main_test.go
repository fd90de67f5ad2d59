package blocks_test

import (
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"passdesk/internal/channel/slackbot/blocks"
	"passdesk/internal/chat"
	"passdesk/internal/dialogue"
	"passdesk/internal/guide"
	"passdesk/internal/reply"
	"passdesk/knowledge"
)

var update = flag.Bool("update", false, "rewrite the golden files")

var load = sync.OnceValues(func() (*guide.Guide, error) { return guide.Load(knowledge.Files) })

func content(t testing.TB) *guide.Guide {
	t.Helper()
	g, err := load()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func words(t testing.TB, language guide.Language) blocks.Words {
	t.Helper()
	return content(t).WordsIn(guide.PageSlack, language)
}

func pictures(id string) (url, alt string, ok bool) {
	return "https://help.example.com/pictures/" + id + ".png", "A drawing of " + id, true
}

// replies are all that the bot can ask and answer, by a name.
func replies(t testing.TB, language guide.Language) map[string]chat.Reply {
	t.Helper()
	g := content(t)
	state := dialogue.State{Language: language}
	all := map[string]chat.Reply{}
	for _, slot := range g.Slots() {
		if g.Question(slot.Name) == nil || g.Question(slot.Name).Ask.In(language) == "" {
			continue
		}
		step := dialogue.Step{Kind: dialogue.StepAsk, Ask: slot.Name}
		for _, value := range slot.Values {
			step.Choices = append(step.Choices, guide.Fact{Slot: slot.Name, Value: value})
		}
		all["question-"+slot.Name] = reply.Build(g, state, step, "")
	}
	for _, id := range g.Answers() {
		all["answer-"+id] = reply.Build(g, state, dialogue.Step{Kind: dialogue.StepAnswer, Answer: id}, "")
	}
	all["person"] = reply.Build(g, state, dialogue.Step{Kind: dialogue.StepHuman}, "H-7K2M-9QXD")
	return all
}

// golden compares with a file, or writes it.
func golden(t *testing.T, name string, m any) {
	t.Helper()
	data, err := json.MarshalIndent(m, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	got := string(data) + "\n"
	file := filepath.Join("testdata", "golden", name+".json")
	if *update {
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, []byte(got), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v (run with -update to write it)", err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

// taken fails unless our check and the fake Slack both take a message.
func taken(t *testing.T, name string, m blocks.Message) {
	t.Helper()
	if !accepted(t, m) {
		t.Errorf("%s is refused", name)
	}
}
