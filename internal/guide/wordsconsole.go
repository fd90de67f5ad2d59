package guide

// consoleWords are the ids of what agents see, as pages/console.yaml has them.
func consoleWords() []string {
	return []string{
		"title",
	}
}
