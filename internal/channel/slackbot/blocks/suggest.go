package blocks

import "github.com/slack-go/slack"

// Suggestion is what the window shows in which an agent finds and posts an answer.
type Suggestion struct {
	Query    string
	Hits     []Hit
	Chosen   string // id of the answer that is shown
	Language string
	Customer string // their name, if the agent has written it
	Answer   Posted // the answer as it would be posted
	Question string // what to ask the customer, if no answer is clear yet
	External bool   // other organisations read along
	Metadata string // where it would be posted, "" if that is to be chosen
}

// LoadingView is what is shown until there is something to show.
func LoadingView(w Words) slack.ModalViewRequest {
	v := window(w)
	v.Submit = nil
	v.Blocks = slack.Blocks{BlockSet: paragraphs(w["loading"])}
	return v
}

func window(w Words) slack.ModalViewRequest {
	return slack.ModalViewRequest{
		Type: slack.VTModal, CallbackID: "suggest", Title: plain(cut(w["suggest-title"], mostTitle)),
		Submit: plain(cut(w["suggest-post"], mostTitle)), Close: plain(cut(w["close"], mostTitle)),
	}
}

// SuggestView is the window: search, language, what was found, and the answer as the customer will read it.
func SuggestView(s Suggestion, w Words) slack.ModalViewRequest {
	v := window(w)
	v.PrivateMetadata = s.Metadata
	var all []slack.Block
	if s.External {
		all = append(all, paragraphs(w["external"])...)
	}
	if s.Question != "" {
		all = append(all, named(w["ask-this"], []string{s.Question})...)
	}
	all = append(all, query(s, w), languages(s, w))
	if pick := hits(s, w); pick != nil {
		all = append(all, pick)
	}
	if s.Metadata == "" {
		all = append(all, channel(w))
	}
	if s.Chosen != "" {
		all = append(all, customer(s, w))
	}
	shown, _ := fit(kept(s.Answer.blocks(nil)), nil)
	v.Blocks = slack.Blocks{BlockSet: append(kept(all), shown...)}
	return v
}

func query(s Suggestion, w Words) slack.Block {
	return typed("suggest-query", w["home-search"], s.Query, 0)
}

// customer asks for what stands in the answer and is not known.
func customer(s Suggestion, w Words) slack.Block {
	return typed("suggest-customer", w["suggest-customer"], s.Customer, mostQuery)
}

// typed asks for a line, which counts when Enter is pressed. Without a most it may have any length.
func typed(id, label, value string, most int) slack.Block {
	field := &slack.PlainTextInputBlockElement{
		Type: slack.METPlainTextInput, ActionID: id, MaxLength: most, InitialValue: cut(value, mostQuery),
		DispatchActionConfig: &slack.DispatchActionConfig{TriggerActionsOn: []string{"on_enter_pressed"}},
	}
	return &slack.InputBlock{Type: slack.MBTInput, BlockID: id, Label: plain(label), Element: field, Optional: true, DispatchAction: true}
}

func languages(s Suggestion, w Words) slack.Block {
	option := func(code string) *slack.OptionBlockObject {
		return &slack.OptionBlockObject{Text: plain(w["language-"+code]), Value: code}
	}
	field := &slack.RadioButtonsBlockElement{Type: slack.METRadioButtons, ActionID: "suggest-language", Options: []*slack.OptionBlockObject{option("ja"), option("en")}}
	for _, one := range field.Options {
		if one.Value == s.Language {
			field.InitialOption = one
		}
	}
	return &slack.InputBlock{Type: slack.MBTInput, BlockID: "suggest-language", Label: plain(w["suggest-language"]), Element: field, DispatchAction: true}
}

// hits are what can be chosen, nil for nothing.
func hits(s Suggestion, w Words) slack.Block {
	var options []*slack.OptionBlockObject
	var chosen *slack.OptionBlockObject
	for _, hit := range s.Hits[:min(len(s.Hits), mostRadios)] {
		option := &slack.OptionBlockObject{Text: plain(cut(first(hit.Title, hit.ID), mostFace)), Value: hit.ID}
		options = append(options, option)
		if hit.ID == s.Chosen {
			chosen = option
		}
	}
	if len(options) == 0 {
		return nil
	}
	field := &slack.RadioButtonsBlockElement{Type: slack.METRadioButtons, ActionID: "suggest-pick", Options: options, InitialOption: chosen}
	return &slack.InputBlock{Type: slack.MBTInput, BlockID: "suggest-pick", Label: plain(w["suggest-pick"]), Element: field, Optional: true, DispatchAction: true}
}

func channel(w Words) slack.Block {
	field := &slack.SelectBlockElement{Type: slack.OptTypeConversations, ActionID: "suggest-channel", DefaultToCurrentConversation: true}
	return &slack.InputBlock{Type: slack.MBTInput, BlockID: "suggest-channel", Label: plain(w["suggest-channel"]), Element: field, Optional: true}
}
