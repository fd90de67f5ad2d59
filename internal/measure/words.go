package measure

import (
	"io/fs"

	"passdesk/internal/guide"
	"passdesk/internal/strictyaml"
)

// Words are the sentences that noise puts around messages. They are content and stand in
// intents/noise.yaml.
type Words struct {
	Before, After map[guide.Language]string // polite wrapping
	Quoted        map[guide.Language]string // an e-mail that is answered
	Beside        map[guide.Language]string // what people tell beside the point
	Mixed         map[guide.Language]string // a sentence in the other language
}

// LoadWords reads noise.yaml. The error, if any, is a *strictyaml.Error.
func LoadWords(fsys fs.FS) (Words, error) {
	report := &strictyaml.Report{}
	var w Words
	if file, ok := strictyaml.Read(fsys, "noise.yaml", report); ok {
		fields := file.Fields("before", "after", "quoted", "beside", "mixed")
		for name, into := range map[string]*map[guide.Language]string{
			"before": &w.Before, "after": &w.After, "quoted": &w.Quoted, "beside": &w.Beside, "mixed": &w.Mixed,
		} {
			*into = map[guide.Language]string{}
			texts := fields[name].Fields(string(guide.Japanese), string(guide.English))
			for _, language := range guide.Languages() {
				(*into)[language] = texts[string(language)].String()
			}
		}
	}
	return w, report.Err()
}
