package guide

import (
	"net/url"

	"passdesk/internal/strictyaml"
)

func (l *loader) loadLinks() {
	file, ok := l.read("links.yaml")
	if !ok {
		return
	}
	l.linkPlace = map[string]strictyaml.Value{}
	for _, e := range file.Entries() {
		fields := e.Value.Fields("label", "url", "alternative", "verified")
		link := &Link{Key: e.Key.String(), Alternative: fields["alternative"].String(), Verified: fields["verified"].Bool()}
		for _, required := range []string{"label", "url", "verified"} {
			if !fields[required].Exists() {
				e.Value.Problemf("%q is missing for link %q", required, link.Key)
			}
		}
		if fields["label"].Exists() {
			link.Label = l.text(fields["label"])
		}
		if fields["url"].Exists() {
			link.URL = l.urls(fields["url"])
		}
		l.guide.links[link.Key] = link
		l.linkPlace[link.Key] = e.Key
		l.alternatives = append(l.alternatives, fields["alternative"])
	}
}

// urls reads a {ja: …, en: …} pair of addresses. They are not sentences, so the wording rules
// do not apply to them.
func (l *loader) urls(v strictyaml.Value) Text {
	fields := v.Fields(string(Japanese), string(English))
	read := func(language Language) string {
		field, ok := fields[string(language)]
		if !ok {
			v.Problemf("address in language %q is missing", language)
			return ""
		}
		checkURL(field)
		return field.String()
	}
	return Text{Japanese: read(Japanese), English: read(English)}
}

func checkURL(v strictyaml.Value) {
	u, err := url.Parse(v.String())
	if err != nil || u.Scheme != "https" || u.Host == "" {
		v.Problemf("%q is not an https address", v.String())
	}
}
