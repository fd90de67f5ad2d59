//go:build linux

package reliability_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// canary is something that nobody may find again: a message, and what in it is secret.
type canary struct{ kind, message, secret string }

// Kinds of canaries.
const (
	keywordEnglish  = "keyword and value, English"
	keywordJapanese = "keyword and value, Japanese"
	tokenShape      = "token shape"
	mailAddress     = "e-mail address"
	cardNumber      = "card number"
	phoneNumber     = "phone number"
)

// sentences have %s where the secret goes.
var sentences = map[string][]string{
	keywordEnglish: {
		"my password is %s", "Password: %s", "I typed the password %s and it says wrong", "pw=%s but the VPN refuses it", "the passcode I use is %s, is that right?",
		"username taro, password %s", "my old password was %s and I changed it yesterday", "I set my password to \"%s\" last week", "login: hanako / %s", "coupon code %s does not work",
		"the VPN password (%s) is not accepted", "password - %s\nplease help", "Is %s the right password for NetUpdate?", "passwd %s", "my PASSWORD IS %s !!!",
	},
	keywordJapanese: {
		"パスワードは%sです", "パスワード：%s", "VPNのパスワードが%sなのにログインできません", "PW %s で入れません", "暗証番号は%sです", "マイアカウントのパスワードは「%s」にしました",
		"ﾊﾟｽﾜｰﾄﾞは%sです", "ユーザ名は taro で、パスワードは %s です", "クーポンコードは%sですが使えません", "パスワードに%sと入力しました", "%sというパスワードを入れても通りません",
		"以前のパスワード（%s）を忘れないように書いておきます", "パスワード→%s", "管理者パスワードは %s のはずです", "ログインのパス：%s",
	},
	tokenShape: {
		"%s", "I found this: %s", "これは何ですか %s", "error with %s in it", "%sを入れるように言われました", "the link is https://example.com/reset?token=%s",
		"Authorization: Bearer %s", "my key %s stopped working", "APIキー %s", "https://user:%s@example.com/",
	},
	mailAddress: {"my address is %s", "メールは%sです", "I signed in as %s", "%s に届きません", "account <%s>", "アカウント：%s"},
	cardNumber:  {"card %s", "カード番号は%sです", "I paid with %s last year", "%sで払いました"},
	phoneNumber: {"call me at %s", "電話は%sです", "TEL: %s", "%sに電話してください"},
}

// values make secrets that are in no dictionary and different every time.
var values = map[string][]func() string{
	keywordEnglish:  {passwordLike, passphraseLike, couponLike},
	keywordJapanese: {passwordLike, passphraseLike, couponLike},
	tokenShape: {
		func() string { return "ghp_" + letters(alphanumeric, 36) }, func() string { return "AKIA" + letters(capitals+"234567", 16) },
		func() string { return "sk-" + letters(alphanumeric, 40) }, func() string { return "xoxb-" + letters(digits, 11) + "-" + letters(alphanumeric, 24) },
		func() string {
			return tokenHead + letters(alphanumeric, 30) + "." + letters(alphanumeric, 43)
		},
		func() string { return letters("0123456789abcdef", 40) },
	},
	mailAddress: {func() string { return letters(small, 9) + "@" + letters(small, 8) + ".jp" }, func() string { return letters(small, 6) + "." + letters(small, 7) + "@" + letters(small, 5) + ".co.jp" }},
	cardNumber:  {func() string { return card("") }, func() string { return card(" ") }, func() string { return card("-") }},
	phoneNumber: {
		func() string { return "090-" + letters(digits, 4) + "-" + letters(digits, 4) }, func() string { return "080" + letters(digits, 8) },
		func() string { return "+81 3 " + letters(digits, 4) + " " + letters(digits, 4) }, func() string { return "(415) 555-" + letters(digits, 4) },
	},
}

// tokenHead is how every JSON web token begins that is signed in the usual way.
const tokenHead = "eyJhbGciOiJIUzI1NiJ9.eyJ"

const (
	digits       = "0123456789"
	small        = "bcdfghjklmnpqrstvwxz" // no vowels, so that no words come about
	capitals     = "BCDFGHJKLMNPQRSTVWXZ"
	alphanumeric = small + capitals + digits
)

// plant makes so many canaries of each kind, always the same ones.
func plant(random *rand.Rand, count int) []canary {
	chance = random
	var all []canary
	for _, kind := range []string{keywordEnglish, keywordJapanese, tokenShape, mailAddress, cardNumber, phoneNumber} {
		for i := range count {
			secret := values[kind][i/len(sentences[kind])%len(values[kind])]()
			all = append(all, canary{kind, fmt.Sprintf(sentences[kind][i%len(sentences[kind])], secret), secret})
		}
	}
	return all
}

var chance *rand.Rand // of the one test that plants

func letters(of string, count int) string {
	var made strings.Builder
	for range count {
		made.WriteByte(of[chance.IntN(len(of))])
	}
	return made.String()
}

func passwordLike() string {
	return letters(capitals, 1) + letters(small, 6) + letters("#!%&*+", 1) + letters(digits, 3)
}
func passphraseLike() string { return letters(small, 7) + letters(digits, 4) }
func couponLike() string {
	return letters(capitals+digits, 4) + "-" + letters(capitals+digits, 4) + "-" + letters(capitals+digits, 4)
}

// card is a number with a right check digit, in groups of four.
func card(between string) string {
	number := "4" + letters(digits, 14)
	sum := 0
	for i, digit := range number {
		value := int(digit - '0')
		if i%2 == 0 {
			if value *= 2; value > 9 {
				value -= 9
			}
		}
		sum += value
	}
	number += fmt.Sprint((10 - sum%10) % 10)
	return strings.Join([]string{number[:4], number[4:8], number[8:12], number[12:]}, between)
}
