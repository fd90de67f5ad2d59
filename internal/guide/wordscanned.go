package guide

// cannedWords are the ids of canned answers, as pages/canned.yaml has them.
func cannedWords() []string {
	return []string{
		"title",
	}
}
