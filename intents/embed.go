// Package intents holds the example messages that the reader learns from.
// It exists only to embed them; package understand gives them meaning.
package intents

import "embed"

// Files are the example files (TOPIC.LANGUAGE.yaml) and the closed word lists.
//
//go:embed *.yaml reader.model
var Files embed.FS
