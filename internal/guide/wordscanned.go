package guide

// cannedWords are the ids of canned answers, as pages/canned.yaml has them.
func cannedWords() []string {
	return []string{
		"title",
		"default-customer", "default-agent", "named-customer",
		"mail-subject", "mail-subject-case", "mail-greeting", "mail-closing", "subject-label",
		"chat-greeting", "chat-greeting-named", "chat-closing",
		"heading", "several",
		"name-intego", "name-mac", "name-windows", "name-apple", "name-vpn", "name-netupdate", "name-premium",
		"name-privacy-protection", "name-private-internet-access", "name-pia", "name-act2", "name-account", "name-portal",
		"name-keychain", "name-filevault", "name-caps-lock",
	}
}
