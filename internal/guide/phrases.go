package guide

// Ids of the phrases that code refers to. Load demands every one of them, so that a missing
// sentence is an author's problem at check time and never a customer's.
const (
	PhraseGreeting           = "greeting"
	PhraseThanks             = "thanks"
	PhraseOutOfScope         = "out-of-scope"
	PhraseHuman              = "human"
	PhraseHumanUnsure        = "human-unsure"
	PhraseHumanAgain         = "human-again"
	PhraseRephrase           = "rephrase"
	PhraseOtherTactic        = "other-tactic"
	PhraseDidNotWork         = "did-not-work"
	PhraseNothingMore        = "nothing-more"
	PhraseSolved             = "solved"
	PhraseNarrowed           = "narrowed"
	PhraseWentBack           = "went-back"
	PhraseNothingToGoBack    = "nothing-to-go-back"
	PhraseRestarted          = "restarted"
	PhraseSwitchedLanguage   = "switched-language"
	PhraseBackToQuestion     = "back-to-question"
	PhraseSameAnswer         = "same-answer"
	PhraseNotUnderstoodAfter = "not-understood-after-answer"
	PhraseHandedOver         = "handed-over"
	PhraseHandedOverBefore   = "handed-over-before"
	PhraseReference          = "reference"
	PhraseSecretSeen         = "secret-seen"
	PhraseSecretChange       = "secret-change"
	PhraseEscalate           = "escalate"
	PhraseSecretWarning      = "secret-warning"
	PhraseTooLong            = "too-long"
	PhraseEmptyMessage       = "empty-message"
	PhraseHeadingSteps       = "heading-steps"
	PhraseHeadingCautions    = "heading-cautions"
	PhraseHeadingLinks       = "heading-links"
	PhraseHeadingSoFar       = "heading-answers-so-far"
	PhraseIfNotOpen          = "if-not-open"
	PhraseUnverified         = "unverified"
	PhraseButtonHuman        = "button-human"
	PhraseButtonBack         = "button-back"
	PhraseButtonAll          = "button-all"
	PhraseButtonRestart      = "button-restart"
	PhraseTerminalWelcome    = "terminal-welcome"
	PhraseTerminalHelp       = "terminal-help"
	PhraseTerminalPrompt     = "terminal-prompt"
	PhraseTerminalGoodbye    = "terminal-goodbye"
	PhraseTerminalChange     = "terminal-change"
	PhraseTerminalUnknown    = "terminal-unknown-number"
	PhraseTerminalNothing    = "terminal-nothing-to-change"
)

// Ids of the phrases of the mail that hands a conversation over.
const (
	PhraseMailSubject      = "mail-subject"
	PhraseMailIntro        = "mail-intro"
	PhraseMailReference    = "mail-reference"
	PhraseMailTime         = "mail-time"
	PhraseMailChannel      = "mail-channel"
	PhraseMailConversation = "mail-conversation"
	PhraseMailContent      = "mail-content"
	PhraseMailFacts        = "mail-facts"
	PhraseMailPath         = "mail-path"
	PhraseMailAnswers      = "mail-answers"
	PhraseMailTranscript   = "mail-transcript"
	PhraseMailNothing      = "mail-nothing"
	PhraseMailUnknown      = "mail-unknown"
	PhraseMailFailed       = "mail-failed"
	PhraseMailOmitted      = "mail-omitted"
	PhraseMailCustomer     = "mail-customer"
	PhraseMailDesk         = "mail-desk"
	PhraseMailPressed      = "mail-pressed"
	PhraseMailChanged      = "mail-changed"
	PhraseMailBegan        = "mail-began"
)

// ContactLink is the key of the link that hands a customer to a person.
const ContactLink = "intego-contact"

// RequiredPhrases lists every phrase that the code may show.
func RequiredPhrases() []string {
	return []string{
		PhraseGreeting, PhraseThanks, PhraseOutOfScope, PhraseHuman, PhraseHumanUnsure, PhraseHumanAgain, PhraseRephrase,
		PhraseOtherTactic, PhraseDidNotWork, PhraseNothingMore, PhraseSolved, PhraseNarrowed, PhraseButtonAll, PhraseWentBack,
		PhraseNothingToGoBack, PhraseRestarted, PhraseSwitchedLanguage, PhraseBackToQuestion,
		PhraseSameAnswer, PhraseNotUnderstoodAfter, PhraseEscalate, PhraseSecretWarning,
		PhraseHandedOver, PhraseHandedOverBefore, PhraseReference, PhraseSecretSeen, PhraseSecretChange,
		PhraseTooLong, PhraseEmptyMessage, PhraseHeadingSteps, PhraseHeadingCautions, PhraseHeadingLinks,
		PhraseHeadingSoFar, PhraseIfNotOpen, PhraseUnverified, PhraseButtonHuman,
		PhraseButtonBack, PhraseButtonRestart, PhraseTerminalWelcome,
		PhraseTerminalHelp, PhraseTerminalPrompt, PhraseTerminalGoodbye, PhraseTerminalChange, PhraseTerminalUnknown,
		PhraseTerminalNothing,
		PhraseMailSubject, PhraseMailIntro, PhraseMailReference, PhraseMailTime, PhraseMailChannel, PhraseMailConversation, PhraseMailContent, PhraseMailFacts, PhraseMailPath, PhraseMailAnswers,
		PhraseMailTranscript, PhraseMailNothing, PhraseMailUnknown, PhraseMailFailed, PhraseMailOmitted, PhraseMailCustomer, PhraseMailDesk, PhraseMailPressed, PhraseMailChanged, PhraseMailBegan,
	}
}
