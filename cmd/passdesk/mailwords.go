package main

import (
	"passdesk/internal/guide"
	"passdesk/internal/handover"
)

// mailWords are the words of a hand-over by mail, in one language.
func mailWords(g *guide.Guide, language guide.Language) handover.MailWords {
	phrase := func(id string) string { return g.Phrase(id).In(language) }
	return handover.MailWords{
		Subject:      phrase(guide.PhraseMailSubject),
		Intro:        phrase(guide.PhraseMailIntro),
		Reference:    phrase(guide.PhraseMailReference),
		Time:         phrase(guide.PhraseMailTime),
		Channel:      phrase(guide.PhraseMailChannel),
		Conversation: phrase(guide.PhraseMailConversation),
		Content:      phrase(guide.PhraseMailContent),
		Facts:        phrase(guide.PhraseMailFacts),
		Path:         phrase(guide.PhraseMailPath),
		Answers:      phrase(guide.PhraseMailAnswers),
		Transcript:   phrase(guide.PhraseMailTranscript),
		Nothing:      phrase(guide.PhraseMailNothing),
		Unknown:      phrase(guide.PhraseMailUnknown),
		Failed:       phrase(guide.PhraseMailFailed),
		Omitted:      phrase(guide.PhraseMailOmitted),
		Customer:     phrase(guide.PhraseMailCustomer),
		Desk:         phrase(guide.PhraseMailDesk),
		Pressed:      phrase(guide.PhraseMailPressed),
		Changed:      phrase(guide.PhraseMailChanged),
		Began:        phrase(guide.PhraseMailBegan),
	}
}
