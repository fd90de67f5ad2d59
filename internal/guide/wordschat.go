package guide

// chatWords are the ids of what customers see in a browser, as pages/chat.yaml has them.
func chatWords() []string {
	return []string{
		"title",
	}
}
