package access

import (
	"strings"
	"testing"
)

func TestPasswords(t *testing.T) {
	for password, fine := range map[string]bool{
		"correct horse battery": true, "桜が咲いたら会いましょうね": true, "short": false, "": false, "aaaaaaaaaaaaaaaa": false, "abababababababab": false,
		"Sato Hanako!": false, "ＳＡＴＯ　hanako1": false, "Sato Hanako and something long": true,
		strings.Repeat("abcdefgh", 200): false, "bad \xff utf-8 text here": false,
	} {
		if err := CheckPassword("Sato Hanako", password); (err == nil) != fine {
			t.Errorf("%.30q: %v", password, err)
		}
	}
}

func TestNames(t *testing.T) {
	for name, fine := range map[string]bool{
		"佐藤 花子": true, " Sato ": true, "": false, " \t": false, "a\u202eb": false, "a\u200bb": false, "a\x00b": false, strings.Repeat("x", 201): false,
	} {
		if _, err := NewAccount(name, RoleAgent, "correct horse battery"); (err == nil) != fine {
			t.Errorf("%.20q: %v", name, err)
		}
	}
	if _, err := NewAccount("a", "king", "correct horse battery"); err == nil {
		t.Error("there is no role king")
	}
	for _, same := range [][2]string{{"SATO", "sato"}, {"ｓａｔｏ", "Sato"}, {"が", "か\u3099"}, {"Straße", "STRASSE"}, {"a  b", "a b"}} {
		if KeyOf(same[0]) != KeyOf(same[1]) {
			t.Errorf("%q and %q are not the same name", same[0], same[1])
		}
	}
}

func TestHashes(t *testing.T) {
	hash, err := Hash("one")
	if err != nil || !strings.HasPrefix(hash, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Fatalf("%s, %v", hash, err)
	}
	again, err := Hash("one")
	if err != nil || again == hash {
		t.Error("two hashes of a password are the same: no salt")
	}
	if ok, outdated := matches(hash, "one"); !ok || outdated {
		t.Errorf("the password: %v, outdated %v", ok, outdated)
	}
	if ok, _ := matches(hash, "two"); ok {
		t.Error("another password matches")
	}
	cheap := phc{8 << 10, 1, 1, []byte("0123456789abcdef"), nil}
	cheap.hash = keyOf(cheap, "one")
	if ok, outdated := matches(cheap.String(), "one"); !ok || !outdated {
		t.Errorf("a cheaper hash: %v, outdated %v; want both", ok, outdated)
	}
	for _, broken := range []string{
		"", "x", strings.Replace(hash, "argon2id", "argon2i", 1), strings.Replace(hash, "v=19", "v=16", 1), strings.Replace(hash, "m=19456", "m=0", 1),
		strings.Replace(hash, "m=19456", "m=4194304", 1), strings.Replace(hash, "t=2", "t=2000", 1), strings.Replace(hash, "p=1", "p=01", 1), hash + "=", hash + "$", strings.TrimRight(hash, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/"),
	} {
		if ok, _ := matches(broken, "one"); ok {
			t.Errorf("%q matches", broken)
		}
	}
}

func FuzzParsePHC(f *testing.F) {
	hash, err := Hash("one")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(hash)
	f.Add("$argon2id$v=19$m=19456,t=2,p=1$$")
	f.Fuzz(func(t *testing.T, text string) {
		if p, err := parsePHC(text); err == nil && p.String() != text {
			t.Errorf("%q is read as %q", text, p)
		}
	})
}
