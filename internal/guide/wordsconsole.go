package guide

// consoleWords are the ids of what agents see, as pages/console.yaml has them.
func consoleWords() []string {
	return []string{
		"title", "skip", "menu", "menu-search", "menu-guide", "menu-cases", "language-other", "sign-out", "close",
		"cancel", "name-ja", "name-en", "failed", "keys", "key-search", "key-select", "key-copy",
		"key-rich", "key-mail", "key-add", "key-clear", "key-choose", "key-back", "key-keys", "keys-single", "search",
		"search-go", "search-hint", "results", "found", "found-first", "read", "read-label", "read-hint", "read-go", "read-answer",
		"read-ask", "read-nothing", "read-guide", "read-person", "read-secret", "draft", "draft-show", "draft-empty",
		"next-customer", "variable-customer", "variable-agent", "variable-case", "reply-language", "reply-kind",
		"reply-chosen", "kind-mail", "kind-chat", "tray", "tray-add", "tray-tentative", "tray-up", "tray-down",
		"tray-remove", "note", "copy", "copy-plain", "copy-rich", "copy-html", "copy-markdown", "copy-slack",
		"copy-mail", "copy-mail-html", "copy-subject", "copy-link", "copied-plain", "copied-rich", "copied-markdown",
		"copied-slack", "copied-mail", "copied-subject", "copied-link", "unfilled-chips", "unfilled-title",
		"unfilled-text", "unfilled-fill", "unfilled-copy", "about-customer", "about-sources", "about-reviewed",
		"about-until", "about-overdue", "about-version", "guide-language", "guide-gone", "guide-path", "guide-change",
		"guide-change-about", "guide-back", "guide-restart", "guide-ask", "guide-again", "guide-choices",
		"guide-follow-ups", "guide-person", "cases-open", "cases-mine", "cases-taken", "cases-closed", "cases-none",
		"cases-more", "state-open", "state-mine", "state-closed", "outcome-solved", "outcome-not-solved",
		"outcome-other", "case-about-nothing", "case-claim", "case-return", "case-taken", "case-conflict",
		"case-not-said", "case-outcome-missing", "case-transcript", "case-omitted", "case-reload", "case-not-live",
		"case-claim-first", "case-known", "case-guide", "case-way", "case-answers", "case-failed", "case-close",
		"case-outcome", "case-outcome-choose", "by-customer", "by-bot", "by-agent", "by-event", "by-pressed",
		"event-join", "event-leave", "event-close", "say", "say-hint", "say-enter", "say-go", "say-unsaid", "sign-in", "sign-in-name",
		"sign-in-password", "sign-in-provider", "sign-in-help", "sign-in-wrong", "sign-in-too-many", "sign-in-failed",
		"refused-title", "refused-path", "refused-role", "refused-case", "refused-fault",
		"refused-size",
	}
}
