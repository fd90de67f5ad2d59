package handover_test

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"passdesk/internal/chat"
	"passdesk/internal/guide"
	"passdesk/internal/handover"
	"passdesk/internal/outbox"
	"passdesk/internal/redact"
	"passdesk/internal/store"
	"passdesk/knowledge"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var content = sync.OnceValue(func() *guide.Guide {
	g, err := guide.Load(knowledge.Files)
	if err != nil {
		panic(err)
	}
	return g
})

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v (go test ./internal/handover -update writes it)", err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs (-want +got); if the content was meant to change, run with -update:\n%s", file, diff)
	}
}

// masked is customer text as the store gives it back.
func masked(text string) redact.Text {
	var t redact.Text
	if err := t.Scan(text); err != nil {
		panic(err)
	}
	return t
}

// noon is when the conversations of these tests begin.
var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func turn(sequence int64, said, pressed, desk string) store.Turn {
	kept, err := json.Marshal(map[string]any{"reply": map[string]string{"text": desk}})
	if err != nil {
		panic(err)
	}
	return store.Turn{
		Conversation: "c-1", Channel: "web", Sequence: sequence, Message: fmt.Sprint(sequence),
		At: noon.Add(time.Duration(sequence) * time.Minute), Said: masked(said), Pressed: pressed, Reply: string(kept), Content: "abc",
	}
}

func decode(kept string) (chat.Reply, error) {
	var k struct{ Reply chat.Reply }
	err := json.Unmarshal([]byte(kept), &k)
	return k.Reply, err
}

// source makes packets from the turns given.
func source(turns ...store.Turn) handover.Source {
	return handover.Source{
		Guide:  content,
		Decode: decode,
		Turns: func(_ context.Context, conversation string, after int64, limit int) ([]store.Turn, error) {
			var found []store.Turn
			for _, turn := range turns {
				if turn.Conversation == conversation && turn.Sequence > after && len(found) < limit {
					found = append(found, turn)
				}
			}
			return found, nil
		},
	}
}

func job(sequence int64, d handover.Details) store.Job {
	return store.Job{State: store.Waiting, Tries: 1, Work: store.Work{
		ID: fmt.Sprintf("handover/c-1/%d", sequence), Kind: handover.Kind, Conversation: "c-1", Sequence: sequence, Details: d.String(),
	}}
}

// sample is a conversation with all that a packet can tell.
func sample(language string) (handover.Source, store.Job) {
	turns := []store.Turn{
		turn(1, "", `{"command":"start"}`, "desk 1"),
		turn(2, "My VPN password is [masked]\nPlease help", "", "desk 2\n\nsecond paragraph"),
		turn(3, "", `{"choose":{"fact":"vpn-generation","value":"current"}}`, "desk 3"),
		turn(4, "", `{"change":"vpn-generation"}`, "desk 4"),
		turn(5, "", `{"command":"human"}`, "desk 5"),
		turn(6, "", `{"agent":"join","name":"Sakura Sat\u014D"}`, ""),
		turn(7, "Please try https://example.com/ once more.", `{"agent":"say","name":"Sakura Sat\u014D"}`, ""),
		turn(8, "It says [masked]", "", ""),
		turn(9, "", `{"agent":"leave","name":"Sakura Sat\u014D"}`, ""),
		turn(10, "", `{"command":"human"}`, "desk 10"),
	}
	return source(turns...), job(10, handover.Details{
		Language: language, Facts: map[string]string{"vpn-need": "lost", "prompt": "vpn", "vpn-generation": "current"},
		Path: []string{"request", "prompt", "vpn-generation", "coupon"}, Answers: []string{"vpn-signin", "vpn-credentials-lost"},
		Failed: []string{"vpn-credentials-lost"}, Content: "0123456789ab",
	})
}

func packet(t *testing.T, language string) handover.Packet {
	t.Helper()
	s, j := sample(language)
	p, err := s.Packet(t.Context(), j)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// fate is how the outbox worker takes an error.
func fate(err error) string {
	_, permanent := errors.AsType[outbox.Permanent](err)
	switch {
	case err == nil:
		return "done"
	case permanent:
		return "permanent"
	}
	return "retry"
}

// reason is what the outbox worker keeps of an error.
func reason(err error) string {
	known, _ := errors.AsType[outbox.Reason](err)
	return string(known)
}

func words(language guide.Language) handover.MailWords {
	w := handover.MailWords{
		Subject: "Help desk: a customer needs a person", Intro: "The help desk could not bring this conversation to an end.",
		Reference: "Reference", Time: "Time", Channel: "Channel", Conversation: "Conversation", Content: "Content",
		Facts: "What is known", Path: "What was asked", Answers: "Guidance shown", Transcript: "Conversation so far",
		Nothing: "(nothing)", Unknown: "(not known)", Failed: "did not work", Omitted: "Earlier messages left out",
		Customer: "Customer", Desk: "Desk", Agent: "Support agent: ", Joined: "An agent joined.", Left: "The agent left.", Pressed: "Button", Changed: "Wants to answer anew", Began: "(opened the conversation)",
	}
	if language == guide.Japanese {
		w.Subject = "パスワード窓口：お客様の対応をお願いします（担当者への引き継ぎ）"
		w.Intro = "自動応答では解決できなかったため、担当者へ引き継ぎます。"
		w.Customer, w.Desk, w.Facts = "お客様", "窓口", "わかっていること"
		w.Agent, w.Joined, w.Left = "サポート担当者：", "サポート担当者が会話に参加しました。", "サポート担当者が会話を離れました。"
	}
	return w
}

func contains(t *testing.T, text string, wanted ...string) {
	t.Helper()
	for _, want := range wanted {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in: %s", want, text)
		}
	}
}
