package canned_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"passdesk/intents"
	"passdesk/internal/canned"
	"passdesk/internal/guide"
	"passdesk/internal/strictyaml"
	"passdesk/internal/surface"
	"passdesk/knowledge"
)

var update = flag.Bool("update", false, "write the golden files anew")

// content is the real content, loaded once.
var content = sync.OnceValue(func() *guide.Guide {
	g, err := guide.Load(knowledge.Files)
	if err != nil {
		panic(err)
	}
	return g
})

// library is the real content with the real readings.
func library(t testing.TB) *canned.Library {
	t.Helper()
	var report strictyaml.Report
	rules := surface.Load(intents.Files, &report)
	if err := report.Err(); err != nil {
		t.Fatal(err)
	}
	return canned.New(content(), rules.Hiragana)
}

// sample is an answer of made-up content. What is missing is filled in.
type sample struct {
	id                string
	titleJA, titleEN  string
	summary, step     string // in both languages
	caution           string
	linkLabel, linkTo string
}

type object = map[string]any

func both(ja, en string) object { return object{"ja": ja, "en": en} }

// madeUp is content with these answers, each reached by a group and an item. Change may alter the
// files before they are loaded.
func madeUp(t testing.TB, samples []sample, change func(fstest.MapFS)) *guide.Guide {
	t.Helper()
	files := fstest.MapFS{}
	write := func(name string, value any) {
		data, err := json.Marshal(value)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: data}
	}
	const row = 32
	tree, groups, items := object{"ask": "group"}, object{}, object{}
	groupNames, itemNames := []string{}, []string{}
	answers := object{}
	links := object{guide.ContactLink: object{"label": both("窓口", "Contact"), "url": both("https://example.com/c", "https://example.com/c"), "verified": true}}
	var branch object
	for i, s := range samples {
		group, item := fmt.Sprintf("g%d", i/row), fmt.Sprintf("i%d", i%row)
		if i%row == 0 {
			groupNames, branch = append(groupNames, group), object{"ask": "item"}
			groups[group] = object{"label": both("区分"+group, "Group "+group), "short": both(group, group)}
			tree[group] = branch
		}
		if i < row {
			itemNames = append(itemNames, item)
			items[item] = object{"label": both("品目"+item, "Item "+item), "short": both(item, item), "synonyms": object{"ja": []string{"電子" + item}}}
		}
		branch[item] = object{"answer": s.id}
		answers[s.id] = answer(s, links)
		if len(answers) == 100 || i == len(samples)-1 { // a file may not be too large
			write(fmt.Sprintf("answers/%d.yaml", i), answers)
			answers = object{}
		}
	}
	last := samples[len(samples)-1].id
	for i := len(branch) - 1; i < len(itemNames); i++ { // every item leads somewhere
		branch[itemNames[i]] = object{"answer": last}
	}
	question := func(values object, unsure string) object {
		return object{"ask": both("どれ？", "Which?"), "again": both("どちら？", "Which one?"), "change": both("種類", "kind"), "not-sure": unsure, "values": values}
	}
	facts, questions := object{"item": object{"values": itemNames}}, object{"item": question(items, itemNames[0])}
	if len(groupNames) == 1 { // a question with one reply is none
		tree = branch
	} else {
		facts["group"], questions["group"] = object{"values": groupNames}, question(groups, groupNames[0])
	}
	write("tree.yaml", object{"facts": facts, "tree": tree})
	write("questions.yaml", questions)
	write("links.yaml", links)
	write("source.yaml", object{
		"sources":    object{"own": object{"title": both("判断", "Judgement")}},
		"statements": object{"S1": object{"source": "own", "says": both("鯨は魚ではない。", "A whale is no fish.")}},
	})
	for _, name := range []string{"phrases.yaml", "wording.yaml", "pages/chat.yaml", "pages/console.yaml", "pages/slack.yaml", "pages/canned.yaml"} {
		data, err := fs.ReadFile(knowledge.Files, name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: data}
	}
	if change != nil {
		change(files)
	}
	g, err := guide.Load(files)
	if err != nil {
		t.Fatalf("the made-up content does not load:\n%v", err)
	}
	return g
}

func answer(s sample, links object) object {
	or := func(text, otherwise string) string {
		if text == "" {
			return otherwise
		}
		return text
	}
	a := object{
		"title":   both(or(s.titleJA, "題 "+s.id), or(s.titleEN, "Title "+s.id)),
		"summary": both(or(s.summary, "要点です。"), or(s.summary, "The point.")),
		"steps":   []object{both(or(s.step, "手順です。"), or(s.step, "A step."))},
		"links":   []string{guide.ContactLink}, "statements": []string{"S1"}, "escalate": false,
		"source": []string{"own"}, "reviewed": "2026-11-22", "review-by": "2027-05-22",
	}
	if s.caution != "" {
		a["cautions"] = []object{both(s.caution, s.caution)}
	}
	if s.linkTo != "" {
		links[s.id] = object{"label": both(s.linkLabel, s.linkLabel), "url": both(s.linkTo, s.linkTo), "verified": true}
		a["links"] = []string{s.id, guide.ContactLink}
	}
	return a
}

// golden compares with testdata/golden/NAME, or writes it with -update.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", "golden", name)
	if *update {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v (go test ./internal/canned -update writes it)", err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs (-want +got); if it was meant to change, run with -update:\n%s", file, diff)
	}
}
