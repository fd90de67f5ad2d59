package console_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"passdesk/internal/guide"
	"passdesk/knowledge"
)

// contentWith is the real content with a part of a file replaced.
func contentWith(t testing.TB, file, before, after string) *guide.Guide {
	t.Helper()
	files := fstest.MapFS{}
	err := fs.WalkDir(knowledge.Files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(knowledge.Files, name)
		files[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	text := string(files[file].Data)
	if !strings.Contains(text, before) {
		t.Fatalf("%s has no %q", file, before)
	}
	files[file].Data = []byte(strings.ReplaceAll(text, before, after))
	return load(t, files)
}

func load(t testing.TB, files fs.FS) *guide.Guide {
	t.Helper()
	g, err := guide.Load(files)
	if err != nil {
		t.Fatalf("the content of the test does not load:\n%v", err)
	}
	return g
}

type object = map[string]any

func both(text string) object { return object{"ja": text + "番", "en": text} }

// manyAnswers is content with so many answers, called "topic 0", "topic 1" and so on.
func manyAnswers(t testing.TB, n int) *guide.Guide {
	t.Helper()
	const row = 32
	files := fstest.MapFS{}
	write := func(name string, value any) {
		data, err := json.Marshal(value)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: data}
	}
	tree, answers := object{"ask": "group"}, object{}
	var groups, items []string
	for i := range n {
		group, item := fmt.Sprintf("g%d", i/row), fmt.Sprintf("i%d", i%row)
		if i%row == 0 {
			groups, tree[group] = append(groups, group), object{"ask": "item"}
		}
		if i < row {
			items = append(items, item)
		}
		id := fmt.Sprintf("topic-%d", i)
		tree[group].(object)[item] = object{"answer": id}
		answers[id] = object{
			"title": both(fmt.Sprintf("topic %d", i)), "summary": both("About a matter."), "steps": []object{both("Look at it closely.")},
			"links": []string{guide.ContactLink}, "statements": []string{"S1"}, "escalate": false, "source": []string{"own"},
			"reviewed": "2026-01-01", "review-by": "2026-12-31",
		}
		if len(answers) == 100 || i == n-1 { // a file may not be too large
			write(fmt.Sprintf("answers/%d.yaml", i), answers)
			answers = object{}
		}
	}
	for i := n % row; i > 0 && i < row; i++ { // every item leads somewhere
		tree[groups[len(groups)-1]].(object)[items[i]] = object{"answer": fmt.Sprintf("topic-%d", n-1)}
	}
	write("tree.yaml", object{"facts": object{"group": object{"values": groups}, "item": object{"values": items}}, "tree": tree})
	write("questions.yaml", object{"group": question(groups), "item": question(items)})
	write("links.yaml", object{guide.ContactLink: object{"label": both("Contact"), "url": object{"ja": "https://example.com/c", "en": "https://example.com/c"}, "verified": true}})
	write("source.yaml", object{
		"sources":    object{"own": object{"title": both("Judgement")}},
		"statements": object{"S1": object{"source": "own", "says": both("A whale is no fish.")}},
	})
	for _, name := range []string{"phrases.yaml", "wording.yaml", "pages/chat.yaml", "pages/console.yaml", "pages/slack.yaml", "pages/canned.yaml"} {
		data, err := fs.ReadFile(knowledge.Files, name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: data}
	}
	return load(t, files)
}

func question(values []string) object {
	choices := object{}
	for _, value := range values {
		choices[value] = object{"label": both("Kind " + value), "short": both(value)}
	}
	return object{"ask": both("Which?"), "again": both("Which one?"), "change": both("kind"), "not-sure": values[0], "values": choices}
}
