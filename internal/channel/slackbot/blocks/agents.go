package blocks

import (
	"strconv"

	"github.com/slack-go/slack"

	"passdesk/internal/chat"
)

// Hit is an answer that was found.
type Hit struct{ ID, Title, Summary string }

// Results is what a search found, for the eyes of whoever searched.
func Results(query string, hits []Hit, w Words) Message {
	title := w["results-for"] + w["colon"] + cut(query, mostQuery)
	if len(hits) == 0 {
		title = w["results-none"] + w["colon"] + cut(query, mostQuery)
	}
	all := []slack.Block{paragraph(strong(title))}
	for i, hit := range hits[:min(len(hits), mostHits)] {
		all = append(all, paragraph(strong(cut(hit.Title, mostHeader)), text("\n"), text(cut(hit.Summary, mostLine))), row("hit-"+strconv.Itoa(i), []slack.BlockElement{
			&slack.ButtonBlockElement{Type: slack.METButton, ActionID: "canned-preview", Text: plain(cut(w["preview"], mostFace)), Value: hit.ID},
			&slack.ButtonBlockElement{Type: slack.METButton, ActionID: "canned-post", Text: plain(cut(w["post-here"], mostFace)), Value: hit.ID},
		}))
		title += "\n" + hit.Title
	}
	return message(title, all)
}

// mostQuery is how much of what was searched for is shown again, and mostHits how much of what was found.
const (
	mostQuery = 100
	mostHits  = 20
)

// Outside asks an agent whether an answer is to be posted where other organisations read it.
func Outside(answer string, w Words) Message {
	post := &slack.ButtonBlockElement{Type: slack.METButton, ActionID: "canned-post-outside", Text: plain(cut(w["post-here"], mostFace)), Value: answer}
	return message(w["external"], paragraphs(w["external"]), row("outside", []slack.BlockElement{post}))
}

// Help says what the command can do.
func Help(command string, w Words) Message {
	return Note(command + " " + w["help"])
}

// Posted is an answer that an agent posts.
type Posted struct {
	Before, After string // what stands around it, "" for nothing
	Parts         []chat.Part
	Agent         string // id of the agent; "" for a preview
}

// Canned is an answer in the name of an agent, or a preview of it.
func Canned(a Posted, w Words, picture Picture) Message {
	summary := w["preview-note"]
	for _, p := range a.Parts {
		if p.Kind == chat.Summary && !blank(p.Text) {
			summary = p.Text
		}
	}
	by := []slack.RichTextSectionElement{text(w["preview-note"])}
	if a.Agent != "" {
		by = []slack.RichTextSectionElement{text(w["sent-by"] + w["colon"]), &slack.RichTextSectionUserElement{Type: slack.RTSEUser, UserID: a.Agent}}
	}
	return message(summary, a.blocks(picture), paragraph(by...))
}

func (a Posted) blocks(picture Picture) []slack.Block {
	all := append(paragraphs(cut(a.Before, mostFace*2)), said(a.Parts, picture)...)
	return append(all, paragraphs(cut(a.After, mostFace*2))...)
}

// Topic is a group of answers.
type Topic struct {
	Name string
	Hits []Hit
}

// HomeCase is a hand-over that is open, and the address of its page, "" if it has none.
type HomeCase struct{ Reference, Page string }

// Feedback is how many customers an answer helped, and how many it did not.
type Feedback struct{ Helped, Failed int }

// HomeData is what the home of the app shows.
type HomeData struct {
	Topics      []Topic
	Cases       []HomeCase
	Feedback    map[string]Feedback // by answer
	Language    string
	Page, Pages int
}

// HomeView lists hand-overs and a page of the answers.
func HomeView(h HomeData, w Words) slack.HomeTabViewRequest {
	other := map[string]string{"ja": "en", "en": "ja"}[h.Language]
	top := []slack.BlockElement{
		&slack.ButtonBlockElement{Type: slack.METButton, ActionID: "home-search", Text: plain(w["home-search"]), Value: "search", Style: slack.StylePrimary},
		&slack.ButtonBlockElement{Type: slack.METButton, ActionID: "home-language", Text: plain(w["speak-other"]), Value: other},
	}
	all := []slack.Block{row("home-top", top)}
	all = append(all, openCases(h.Cases, w)...)
	for t, topic := range h.Topics {
		all = append(all, answers(strconv.Itoa(t), topic, h.Feedback, w)...)
	}
	all = kept(all)
	all = all[:min(len(all), mostViewBlocks-1)]
	return slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: append(all, kept([]slack.Block{row("home-pages", pages(h, w))})...)}}
}

// answers are those of a topic, which has an id.
func answers(id string, topic Topic, feedback map[string]Feedback, w Words) []slack.Block {
	all := []slack.Block{&slack.HeaderBlock{Type: slack.MBTHeader, Text: plain(cut(topic.Name, mostHeader))}}
	for i, hit := range topic.Hits {
		all = append(all, &slack.SectionBlock{
			Type: slack.MBTSection, BlockID: "home-" + id + "-" + strconv.Itoa(i), Text: plain(cut(first(hit.Title, hit.ID), mostHeader) + feedback[hit.ID].line(w)),
			Accessory: slack.NewAccessory(&slack.ButtonBlockElement{Type: slack.METButton, ActionID: "home-open", Text: plain(w["preview"]), Value: hit.ID}),
		})
	}
	return all
}

// line is what customers said, nothing if nobody has said anything.
func (f Feedback) line(w Words) string {
	if f == (Feedback{}) {
		return ""
	}
	return "\n" + w["home-helped"] + w["colon"] + strconv.Itoa(f.Helped) + "  " + w["home-failed"] + w["colon"] + strconv.Itoa(f.Failed)
}

// openCases lists the hand-overs, nothing if there are none.
func openCases(cases []HomeCase, w Words) []slack.Block {
	var items []slack.RichTextElement
	for _, one := range cases[:min(len(cases), mostLines)] {
		items = append(items, section(link(one.Page, cut(one.Reference, mostLine))))
	}
	return listed(w["home-cases"], items)
}

// WelcomeView is the home of those who are no agents.
func WelcomeView(w Words) slack.HomeTabViewRequest {
	return slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: paragraphs(w["home-welcome"])}}
}

func pages(h HomeData, w Words) []slack.BlockElement {
	var all []slack.BlockElement
	if h.Page > 1 {
		all = append(all, &slack.ButtonBlockElement{Type: slack.METButton, ActionID: "home-page-before", Text: plain(w["page-before"]), Value: strconv.Itoa(h.Page - 1)})
	}
	if h.Page < h.Pages {
		all = append(all, &slack.ButtonBlockElement{Type: slack.METButton, ActionID: "home-page-next", Text: plain(w["page-next"]), Value: strconv.Itoa(h.Page + 1)})
	}
	return all
}
