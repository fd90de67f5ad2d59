// Package knowledge holds the desk's content as the support team edits it.
// It exists only to embed it; package guide loads and checks it.
package knowledge

import "embed"

// Files are the tree, the questions, the answers and everything else the desk says.
//
//go:embed *.yaml answers/*.yaml pages/*.yaml pictures/*.png stories/*.yaml
var Files embed.FS
