//go:build linux

package reliability_test

import "strings"

// hostileTexts are messages that somebody might send to break something. Each fits into a body.
var hostileTexts = map[string]string{
	"NUL":               "a\x00b",
	"escapes":           "\x1b[2J\x1b]0;title\x07\r\nSet-Cookie: a=b",
	"bidi":              strings.Repeat("\u202e\u2066\u2069\u200b\ufeff", 1000),
	"combining marks":   "e" + strings.Repeat("\u0301", 10_000),
	"many scripts":      strings.Repeat("٣𝟛३๓Ⅻ㍿ﷺ", 500),
	"half-width kana":   strings.Repeat("ﾊﾟｽﾜｰﾄﾞ", 1000),
	"emoji sequences":   strings.Repeat("👩‍👩‍👧‍👧🏳️‍🌈", 500),
	"lone surrogate":    `{"text":"a\ud800b\udc00"}`,
	"one long word":     strings.Repeat("a", 15_000),
	"no spaces":         strings.Repeat("パスワード", 1000),
	"as long as can":    strings.Repeat("password is x1y2z3 ", 3000),
	"links":             strings.Repeat("https://example.com/?token=abc ", 500),
	"markup":            strings.Repeat("<script>alert(1)</script>{{.}}${7*7}=cmd|' /C calc'!A0", 200),
	"SQL":               strings.Repeat("'); DROP TABLE turns; --", 300),
	"numbers":           strings.Repeat("1234 5678 9012 3456 ", 700),
	"quotes":            strings.Repeat("「『“", 3000),
	"replacement":       strings.Repeat("\ufffd\uffff\U0010ffff", 1000),
	"dots of Turkish":   strings.Repeat("İıſK", 2000),
	"conjoining hangul": strings.Repeat("ᄀ", 10_000),
}

// hostileBodies are bodies that are not messages.
var hostileBodies = map[string]string{
	"a megabyte":       text(strings.Repeat("x", 1<<20)),
	"ten megabytes":    strings.Repeat("[", 10<<20),
	"bad UTF-8":        "{\"text\":\"\xff\xfe\"}",
	"overlong UTF-8":   "{\"text\":\"\xc0\xaf\"}",
	"deep arrays":      `{"text":` + strings.Repeat("[", 30_000) + strings.Repeat("]", 30_000) + "}",
	"deep objects":     strings.Repeat(`{"choose":`, 6000) + "1" + strings.Repeat("}", 6000),
	"many fields":      "{" + strings.Repeat(`"a":1,`, 10_000) + `"text":"a"}`,
	"field twice":      `{"text":"a","text":"b"}`,
	"a huge number":    `{"text":` + strings.Repeat("9", 60_000) + "}",
	"a huge exponent":  `{"text":1e999999999}`,
	"UTF-16":           "\xff\xfe{\x00}\x00",
	"nothing":          "",
	"unknown command":  `{"command":"dance"}`,
	"NUL in a name":    `{"change":"\u0000"}`,
	"a very long name": `{"change":"` + strings.Repeat("x", 60_000) + `"}`,
}
