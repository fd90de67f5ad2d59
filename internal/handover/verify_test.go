package handover_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"passdesk/internal/handover"
)

// Verify reports whether a request is from passdesk: signed with the secret, and within the last
// five minutes. Read the whole body first, and use the bytes as they came.
func Verify(secret []byte, header http.Header, body []byte, now time.Time) bool {
	timestamp := header.Get("X-Passdesk-Timestamp")
	seconds, err := strconv.ParseInt(timestamp, 10, 64)
	if err != nil || now.Sub(time.Unix(seconds, 0)).Abs() > 5*time.Minute {
		return false
	}
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte(timestamp + "."))
	mac.Write(body)
	want := "v1=" + hex.EncodeToString(mac.Sum(nil))
	return hmac.Equal([]byte(header.Get("X-Passdesk-Signature")), []byte(want))
}

func ExampleSign() {
	body := []byte(`{"version":1}`)
	header := http.Header{}
	header.Set("X-Passdesk-Timestamp", "1795348800")
	header.Set("X-Passdesk-Signature", "v1=d2b1")
	now := time.Unix(1795348800, 0)

	fmt.Println(Verify([]byte("0123456789abcdef"), header, body, now))
	fmt.Println(handover.Sign([]byte("0123456789abcdef"), "1795348800", body))
	header.Set("X-Passdesk-Signature", handover.Sign([]byte("0123456789abcdef"), "1795348800", body))
	fmt.Println(Verify([]byte("0123456789abcdef"), header, body, now))
	// Output:
	// false
	// v1=fa624ff5cad7989fc61145ecff3158151a53aed0907880d5f81dc5eb083da662
	// true
}

// TestManual: the recipe in the manual is the one above, and its figures are right.
func TestManual(t *testing.T) {
	manual, err := os.ReadFile("../../docs/hand-over.md")
	if err != nil {
		t.Fatal(err)
	}
	source, err := os.ReadFile("verify_test.go")
	if err != nil {
		t.Fatal(err)
	}
	_, recipe, _ := strings.Cut(string(source), "// Verify reports")
	recipe, _, _ = strings.Cut(recipe, "\n}\n")
	contains(t, string(manual), "// Verify reports"+recipe+"\n}\n", handover.Sign([]byte("0123456789abcdef"), "1795348800", []byte(`{"version":1}`)))
	for _, member := range []string{"version", "id", "reference", "time", "conversation", "channel", "language", "content", "facts", "path", "answers", "omitted", "transcript"} {
		contains(t, string(manual), "`"+member+"`")
	}
}
