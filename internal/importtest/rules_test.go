// Package importtest holds the rules about which package may know which, as a test. It has no
// code of its own: the compiler keeps the rest.
package importtest_test

// rule says whether a package may import another. Of the rules that fit an import the first one
// decides, so exceptions stand before what they are exceptions from. Names are import paths,
// those of this module without "passdesk/"; "/..." behind one stands for all below it too, "std"
// for the standard library, "here" for this module, "other" for other people's modules.
type rule struct {
	importer, imported string
	allowed            bool
	because            string
	planned            bool // names something that is not there yet; once it is, this must go
}

var rules = []rule{
	// The engine.
	{"internal/dialogue", "internal/guide", true, "the engine walks the guide", false},
	{"internal/dialogue", "cmp", true, "pure", false},
	{"internal/dialogue", "slices", true, "pure", false},
	{"internal/dialogue", "maps", true, "pure", false},
	{"internal/dialogue", "strings", true, "pure", false},
	{"internal/dialogue", "*", false, "the engine is pure: no clock, no input or output, no logger, and nothing but the guide", false},

	// What crosses the boundary to channels, and the channels.
	{"internal/chat", "here", false, "chat is what everybody may know, so it knows nobody", false},
	{"internal/channel/api", "internal/httpd/problem", true, "refusals look the same whoever finds them", false},
	{"internal/channel/api", "internal/httpd/limit", true, "limits are the same for every channel over HTTP", false},
	{"internal/channel/api", "internal/httpd/client", true, "a client's address is the same for every channel over HTTP", false},
	{"internal/channel/webchat", "internal/httpd/limit", true, "limits are the same for every channel over HTTP", false},
	{"internal/channel/webchat", "internal/httpd/client", true, "a client's address is the same for every channel over HTTP", false},
	{"internal/channel/webchat", "golang.org/x/text/language", true, "which language suits a browser is not to be guessed by hand", false},
	{"internal/channel/...", "internal/chat", true, "a channel turns its platform into chat and back", false},
	{"internal/channel/...", "here", false, "a channel knows chat and an interface of its own, not the desk, the content or another channel", false},
	{"internal/channel/slackbot", "github.com/slack-go/slack/...", true, "the Slack channel", true},
	{"*", "github.com/slack-go/slack/...", false, "only the Slack channel speaks Slack", true},
	{"internal/channel/terminal", "github.com/rivo/uniseg", true, "widths of East Asian text, places where lines break", false},
	{"internal/channel/terminal", "golang.org/x/text/...", true, "full-width digits and letters", false},

	// Content.
	{"knowledge", "embed", true, "it embeds files", false},
	{"intents", "embed", true, "it embeds files", false},
	{"knowledge", "*", false, "content is data, the code that reads it is in guide", false},
	{"intents", "*", false, "examples are data, the code that reads them is in understand", false},
	{"cmd/...", "knowledge", true, "the program embeds its content", false},
	{"cmd/...", "intents", true, "the program embeds its content", false},
	{"*", "knowledge", false, "content is handed over as files, so that a directory can replace it", false},
	{"*", "intents", false, "examples are handed over as files, so that a directory can replace them", false},
	{"internal/strictyaml", "gopkg.in/yaml.v3", true, "the one reader of content files", false},
	{"*", "gopkg.in/yaml.v3", false, "content is read by strictyaml, which refuses what yaml.v3 lets pass", false},
	{"internal/strictyaml", "here", false, "it reads files and knows nothing of what they mean", false},
	{"internal/guide", "internal/strictyaml", true, "content is read strictly", false},
	{"internal/guide", "here", false, "the guide is at the bottom: all others build on it", false},
	{"internal/guide", "github.com/rivo/uniseg", true, "graphemes of short labels", false},

	// Reading and wording.
	{"internal/understand", "internal/dialogue", true, "it makes a dialogue.Reading", false},
	{"internal/understand", "internal/guide", true, "it reads the facts that are declared", false},
	{"internal/understand", "internal/strictyaml", true, "examples are read strictly", false},
	{"internal/understand", "internal/surface", true, "it reads what a message looks like", false},
	{"internal/understand", "internal/classify", true, "it learns", false},
	{"internal/understand", "here", false, "reading is pure: text and expectation in, reading out", false},
	{"internal/classify", "here", false, "numbers in, numbers out", false},
	{"internal/surface", "internal/classify", true, "it makes grams", false},
	{"internal/surface", "internal/guide", true, "languages", false},
	{"internal/surface", "internal/strictyaml", true, "rules are read strictly", false},
	{"internal/surface", "here", false, "the look of a text depends on nothing but the text", false},
	{"internal/surface", "golang.org/x/text/...", true, "Unicode normalisation", false},
	{"internal/surface", "github.com/kljensen/snowball/...", true, "stems of English words", false},
	{"internal/measure", "internal/desk", false, "the engine itself is measured", false},
	{"internal/measure", "internal/channel/...", false, "measures write to any io.Writer", false},
	{"internal/reply", "internal/chat", true, "it makes a chat.Reply", false},
	{"internal/reply", "internal/dialogue", true, "it words a dialogue.Step", false},
	{"internal/reply", "internal/guide", true, "words are content", false},
	{"internal/reply", "here", false, "wording is pure: step and language in, reply out", false},
	{"internal/canned", "internal/guide", true, "answers and the words around them are content", false},
	{"internal/canned", "internal/reply", true, "agents paste what the bot says", false},
	{"internal/canned", "internal/chat", true, "it lays out the parts of a reply", false},
	{"internal/canned", "internal/strictyaml", true, "the nearest name to a misspelt one", false},
	{"internal/canned", "here", false, "finding and laying out answers is pure: it is told how kanji are read and what was used", false},
	{"internal/canned", "golang.org/x/text/unicode/norm", true, "Unicode normalisation", false},
	{"internal/console", "internal/guide", true, "what agents see and paste is content", false},
	{"internal/console", "internal/canned", true, "agents paste canned answers", false},
	{"internal/console", "internal/dialogue", true, "answers are changed, and messages taken, as the bot does it", false},
	{"internal/console", "internal/chat", true, "agents speak with customers", false},
	{"internal/console", "internal/store", true, "hand-overs are shown as they are kept", false},
	{"internal/console", "internal/handover", true, "the ids that are kept with a hand-over", false},
	{"internal/console", "internal/httpd/problem", true, "refusals look the same whoever finds them", false},
	{"internal/console", "here", false, "it is given content, agents, conversations and a reader, and knows no desk and no settings", false},
	{"internal/console", "golang.org/x/text/language", true, "which language an agent's browser asks for", false},

	{"internal/picture", "internal/guide", true, "what a picture shows and says is content", false},
	{"internal/picture", "here", false, "drawing is pure: picture and language in, SVG out", false},
	{"cmd/pictures", "internal/guide", true, "what a picture shows and says is content", false},
	{"cmd/pictures", "internal/picture", true, "it makes files of the drawings", false},
	{"cmd/pictures", "github.com/chromedp/...", true, "a browser turns drawings into PNG files; it is run by hand and no part of the program", false},
	{"cmd/pictures", "here", false, "it reads content and writes files, and knows nothing of conversations", false},
	{"*", "cmd/pictures", false, "a tool is not built upon", false},

	// Secrets.
	{"internal/redact", "internal/strictyaml", true, "what is secret is content, read strictly", false},
	{"internal/redact", "here", false, "what a text hides depends on nothing but the text", false},
	{"internal/redact", "golang.org/x/text/...", true, "Unicode normalisation", false},

	// The service, and what authors and operators run.
	{"internal/desk", "internal/understand", false, "the desk is given a reader, so that tests need no training", false},
	{"internal/desk", "internal/author", false, "customers do not need authors' tools", false},
	{"internal/desk", "internal/channel/...", false, "channels know the desk, not the other way round", false},
	{"internal/desk", "internal/config", false, "it takes values, wherever they come from", false},
	{"internal/author", "internal/desk", false, "stories are played on the engine itself", false},
	{"internal/author", "internal/channel/...", false, "authors' tools write to any io.Writer", false},
	{"internal/config", "internal/strictyaml", true, "the settings file is read as strictly as content", false},
	{"internal/config", "here", false, "settings are values that everybody may take", false},
	{"internal/config", "github.com/spf13/viper", true, "which layer of settings counts", false},
	{"*", "github.com/spf13/viper", false, "only config reads settings", false},
	{"internal/outbox", "internal/store", true, "it does the work that is kept there", false},
	{"internal/outbox", "here", false, "it knows that there is work, not what it is about", false},
	{"internal/live", "here", false, "it compares versions and wakes whoever waits, and knows neither what changed nor who is told", false},
	{"internal/handover", "internal/outbox", true, "it says how its failures are to be taken", false},
	{"internal/handover", "internal/store", true, "packets are made from what is kept", false},
	{"internal/handover", "internal/redact", true, "what customers wrote leaves masked or not at all", false},
	{"internal/handover", "internal/guide", true, "labels are content", false},
	{"internal/handover", "internal/chat", true, "it reads replies", false},
	{"internal/handover", "here", false, "it is given turns and words, and knows no desk and no settings", false},
	{"internal/handover", "net/smtp", true, "it mails", false},
	{"*", "net/smtp", false, "nothing is mailed but hand-overs", false},
	{"internal/bench", "internal/store", true, "the floor keeps the same rows", false},
	{"internal/bench", "internal/redact", true, "what the floor keeps has been masked", false},
	{"internal/bench", "here", false, "the desk is measured from outside, as a client sees it", false},
	{"internal/store/sqlstore", "modernc.org/sqlite/...", true, "a driver", false},
	{"internal/store/sqlstore", "github.com/jackc/pgx/v5/...", true, "a driver", false},
	{"internal/store/sqlstore", "github.com/pressly/goose/v3", true, "migrations", false},
	{"internal/store/sqlstore", "golang.org/x/sys/unix", true, "a lock on the database's file", false},
	{"internal/store/postgrestest", "github.com/jackc/pgx/v5", true, "it makes databases in the server it starts", false},
	{"*", "modernc.org/sqlite/...", false, "only sqlstore knows databases", false},
	{"*", "github.com/jackc/pgx/v5/...", false, "only sqlstore knows databases", false},
	{"internal/store/sqlstore", "database/sql/...", true, "the one implementation of the store", false},
	{"internal/redact", "database/sql/driver", true, "a cleaned text is written to the store as it is", false},
	{"*", "database/sql/...", false, "only sqlstore knows databases", false},

	{"internal/access", "internal/store", true, "accounts, sessions and counts are kept there", false},
	{"internal/access", "here", false, "who is signed in depends on nothing but what is kept of agents", false},
	{"internal/access", "github.com/alexedwards/scs/v2", true, "sessions", false},
	{"internal/access", "github.com/coreos/go-oidc/v3/...", true, "whom an issuer vouches for", false},
	{"internal/access", "golang.org/x/oauth2", true, "the way to an issuer and back", false},
	{"internal/access", "golang.org/x/crypto/argon2", true, "hashes of passwords", false},
	{"internal/access", "golang.org/x/text/...", true, "names that look alike", false},
	{"internal/httpd/...", "internal/channel/...", false, "channels are handed over as handlers", false},
	{"internal/httpd/...", "internal/desk", false, "the server knows requests, not messages", false},
	{"internal/httpd/...", "internal/config", false, "it takes values, wherever they come from", false},
	{"internal/httpd/limit", "golang.org/x/time/rate", true, "limits by time", false},
	{"internal/desk", "github.com/hashicorp/golang-lru/v2", true, "conversations of the last turns", false},
	{"internal/httpd/limit", "github.com/hashicorp/golang-lru/v2", true, "memory that a flood cannot use up", false},
	{"internal/observe", "internal/desk", false, "it is told what happened, it does not ask", false},
	{"internal/observe", "github.com/prometheus/client_golang/...", true, "metrics", false},
	{"*", "github.com/prometheus/client_golang/...", false, "only observe knows how metrics are counted and shown", false},

	// The program.
	{"cmd/...", "github.com/spf13/cobra", true, "commands and flags", false},
	{"*", "github.com/spf13/cobra", false, "only the program has commands", false},
	{"cmd/passdesk", "github.com/aymanbagabas/go-osc52/v2", true, "canned answers are copied through the terminal", false},
	{"cmd/passdesk", "golang.org/x/term", true, "whether there is a terminal to copy through", false},
	{"*", "cmd/...", false, "nobody builds on the program", false},

	// For all.
	{"internal/store/storetest", "testing", true, "a suite that other packages' tests run", false},
	{"internal/store/storetest", "github.com/google/go-cmp/...", true, "it shows what differs", false},
	{"internal/store/postgrestest", "testing", true, "a server for other packages' tests", false},
	{"internal/browsertest", "testing", true, "a browser for other packages' tests", false},
	{"internal/browsertest", "github.com/chromedp/...", true, "it drives the browser", false},
	{"*", "internal/browsertest", false, "test code does not belong into the program", false},
	{"*", "internal/store/storetest", false, "test code does not belong into the program", false},
	{"*", "internal/store/postgrestest", false, "test code does not belong into the program", false},
	{"*", "testing/...", false, "test code does not belong into the program", false},
	{"*", "unsafe", false, "there is no need", false},
	{"*", "plugin", false, "no call-backs by name", false},
	{"*", "std", true, "the standard library", false},
	{"*", "here", true, "no boundary is crossed", false},
	{"*", "other", false, "a new dependency is a decision: docs/decisions.md, and a rule here", false},
}

// badNames say nothing about what is in a package.
var badNames = []string{"util", "utils", "common", "helper", "helpers", "types", "model", "models", "misc", "shared"}
