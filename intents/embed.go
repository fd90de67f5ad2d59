// Package intents holds the example messages that the reader learns from.
// It exists only to embed them; package understand gives them meaning.
package intents

import "embed"

//go:generate go run ../cmd/passdesk train --output reader.model

// Files are the example files (TOPIC.LANGUAGE.yaml), the rules of reading them, and what was
// learnt from them (reader.model); and what package redact masks (redact/secrets.yaml, vocabulary.txt).
//
//go:embed *.yaml reader.model redact/secrets.yaml vocabulary.txt vocabulary.LICENSE.txt
var Files embed.FS
