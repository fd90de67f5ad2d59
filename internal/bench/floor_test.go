package bench

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"passdesk/internal/store/memstore"
)

// recorded is a recording with the shape of the script.
func recorded(t *testing.T) (script, Recording) {
	t.Helper()
	s, err := readScript()
	if err != nil {
		t.Fatal(err)
	}
	var r Recording
	for which := range s.Conversations {
		steps := make([]Step, s.steps(which)+1)
		for i := range steps {
			steps[i] = Step{Conversation: strings.Repeat("c", 32), Status: 200, Answer: `{"ok":true}`, State: "{}", Channel: "api", Reply: "{}", Content: "v", Said: "said"}
		}
		steps[0].Status = 201
		steps[0].Answer = `{"conversation":"` + steps[0].Conversation + `","token":"t"}`
		r.Conversations = append(r.Conversations, steps)
	}
	return s, r
}

// TestFloor: the floor keeps every step of the script and answers what was recorded.
func TestFloor(t *testing.T) {
	s, r := recorded(t)
	kept := memstore.New()
	floor := Floor(kept, r)
	post := func(path, key string, body []byte) *httptest.ResponseRecorder {
		request := httptest.NewRequest(http.MethodPost, path, strings.NewReader(string(body)))
		request.Header.Set("Idempotency-Key", key)
		w := httptest.NewRecorder()
		floor.ServeHTTP(w, request)
		return w
	}
	for which := range s.Conversations {
		begun := post(beginPath, "", s.body(which, 0))
		id := field(begun.Body.Bytes(), "conversation")
		if begun.Code != 201 || len(id) != 32 || id == strings.Repeat("c", 32) {
			t.Fatalf("begun with %d %s", begun.Code, begun.Body)
		}
		for step := 1; step <= s.steps(which); step++ {
			if got := post(beginPath+"/"+id+"/messages", messageKey{which, step, step}.String(), s.body(which, step)); got.Code != 200 || got.Body.String() != `{"ok":true}` {
				t.Fatalf("step %d of %d: %d %s", step, which, got.Code, got.Body)
			}
		}
		turns, err := kept.Turns(t.Context(), id, 0, 100)
		if err != nil || len(turns) != s.steps(which)+1 || turns[1].Said.String() != "said" || turns[1].Content != "v" {
			t.Errorf("conversation %d kept %d turns, %v", which, len(turns), err)
		}
	}
	for name, got := range map[string]*httptest.ResponseRecorder{
		"no key": post(beginPath+"/c/messages", "", nil), "key beyond the script": post(beginPath+"/c/messages", "0.99.1", nil),
		"no JSON": post(beginPath, "", []byte("{")),
	} {
		if got.Code/100 == 2 {
			t.Errorf("%s: answered %d", name, got.Code)
		}
	}
}

// TestScript: every body is one JSON object, and no two customers say exactly the same.
func TestScript(t *testing.T) {
	s, _ := recorded(t)
	seen := map[string]bool{}
	for which, c := range s.Conversations {
		if len(c.Messages) < 3 || seen[string(c.Messages[0])] {
			t.Errorf("conversation %d has %d messages, the first %s", which, len(c.Messages), c.Messages[0])
		}
		seen[string(c.Messages[0])] = true
		for step := range s.steps(which) + 1 {
			var body map[string]any
			if err := json.Unmarshal(s.body(which, step), &body); err != nil {
				t.Errorf("step %d of conversation %d: %v", step, which, err)
			}
		}
	}
}

func TestStepOfKey(t *testing.T) {
	_, r := recorded(t)
	for key, want := range map[string]bool{
		"0.1.1": true, "0.0.7": true, messageKey{2, 3, 400}.String(): true, "": false, "0": false, "a.1.1": false, "0.a.1": false,
		"-1.1.1": false, "0.-1.1": false, "99.1.1": false, "0.99.1": false,
	} {
		if _, ok := r.step(key); ok != want {
			t.Errorf("step of %q: %t, want %t", key, ok, want)
		}
	}
}
