package guide_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"passdesk/internal/guide"
	"passdesk/knowledge"
)

// The rules themselves are content, so they are tried as they are shipped, on sentences as they
// come up in this desk.
func TestShippedRulesFindTextsThatAskForSecrets(t *testing.T) {
	forbidden := map[string][]string{
		"ja": {
			"パスワードを教えてください。",
			"ユーザ名と現在のパスワードをお知らせください。",
			"確認のため、パスワードをご返信ください。",
			"お使いのメールアドレスとクーポンコードを送ってください。",
			"お手数ですが、Macのログインパスワードをこちらに入力してください。",
			"暗証番号をお伝えください。",
			"まず、アプリを開きます。次に、パスワードをここに入力してください。",
			"下図をご覧ください。", "下の画像のように操作します。",
			"パソコンの再起動が必要である。",
		},
		"en": {
			"Please tell us your password.",
			"Send us your username and password so that we can check.",
			"Reply with the coupon code.",
			"Let us know the Passcode that you use.",
			"Open the app first. Then type it here: your password.",
			"Please share with us your login credentials.",
			"See the picture below.", "Click the button as shown below.",
		},
	}
	allowed := map[string][]string{
		"ja": {
			"パスワードは入力しないでください。",
			"パスワードを教えてくださいと言われても、教えないでください。",
			"Macのログインパスワードを、Macの画面に入力してください。",
			"パスワードはIntegoにはわかりません。",
			"パスワードを忘れた場合は、新しいパスワードを作ってください。",
			"お使いのMacの機種を教えてください。",
			"パスワードは書かずに、症状をお知らせください。",
			"マイアカウントに登録したメールアドレスをお知らせください。",
			"必要なのは、Macの管理者パスワードです。",
		},
		"en": {
			"Never tell us your password.",
			"Don't send us your password.",
			"We will not ask for your password.",
			"Type your Mac's login password into the box on your Mac.",
			"It is the password of your Mac. Tell us which app you use.",
			"Tell us the address that you signed up with.",
			"If you forgot your password, choose a new one.",
			"Write to us without your password, and let us know what you see.",
			"The box wants an administrator password.",
		},
	}
	for language, sentences := range forbidden {
		for _, s := range sentences {
			if err := loadSaying(t, language, s); err == nil || !strings.HasPrefix(err.Error(), "questions.yaml:3:") {
				t.Errorf("%s: %q is let through, want a problem at its place; got %v", language, s, err)
			}
		}
	}
	for language, sentences := range allowed {
		for _, s := range sentences {
			if err := loadSaying(t, language, s); err != nil {
				t.Errorf("%s: %q is refused: %v", language, s, err)
			}
		}
	}
}

// loadSaying loads the sound content with the shipped rules and this sentence in it.
func loadSaying(t *testing.T, language, sentence string) error {
	t.Helper()
	rules, err := fs.ReadFile(knowledge.Files, "wording.yaml")
	if err != nil {
		t.Fatal(err)
	}
	old := map[string]string{"ja": "どちらでしょうか？", "en": "Which of these?"}[language]
	fsys := broken(t, edit{questions, old, sentence})
	fsys["wording.yaml"] = &fstest.MapFile{Data: rules}
	_, err = guide.Load(fsys)
	return err
}
