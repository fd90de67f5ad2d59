package webchat

import "net/http"

// ConversationOf is the id of the conversation that a token opens.
var ConversationOf = conversationOf

// WithPictures serves the first page of the chat as if every choice of it but the last had the picture.
func WithPictures(o Options, id string) (http.Handler, error) {
	s, err := newSite(o.withDefaults())
	if err != nil {
		return nil, err
	}
	handler := s.handler()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/" {
			handler.ServeHTTP(w, r)
			return
		}
		v := s.view(r, face{path: "/"}, false, 1, []Turn{{Sequence: 1, Pressed: pressedStart, Reply: s.options.Greet(languageOf(r))}}, "")
		for i := range v.Now.Choices[1:] {
			v.Now.Choices[i].Picture = s.drawing(id, v.Language, string(rune('c'+i))+"-")
		}
		v.Now.Cards = true
		s.render(w, r, http.StatusOK, "chat", v.page, v)
	}), nil
}
