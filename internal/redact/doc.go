// Package redact masks the passwords, codes and personal data in what customers write. It exists
// so that nothing secret ever reaches a disk, a log or a ticket: only its Text can be kept.
//
// There are two layers. The first looks for secrets: by what stands around them ("my password
// is …") and by their shape (cards, addresses, telephone numbers, codes in groups). The second
// masks every run of Latin letters and digits that is not known to be harmless. All words are
// content: intents/redact/secrets.yaml and intents/vocabulary.txt.
//
// Some messages never name the password. Cues say what stands in them: "I just put …", "it's my
// husband's name, …", "call me …". They count only where the message is about being asked for one.
//
// The everyday words of secrets.yaml are those of two or more English examples, or of one if a
// dictionary has them too, and the Latin words of the Japanese examples; names, animals, plants
// and the like were taken out. The vocabulary is the dictionary without what knows derives.
package redact
