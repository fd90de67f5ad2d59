package desk

import (
	"context"

	"passdesk/internal/store"
)

// Feedback is how many customers an answer helped, and how many it did not. Of each conversation the
// last word counts.
type Feedback struct {
	Helped int `json:"helped"`
	Failed int `json:"failed"`
}

// statesAtOnce is how many conversations are read at a time.
const statesAtOnce = 1000

// CountFeedback counts it by answer, over all conversations that are still kept. States lists them as
// store.Operation does.
func CountFeedback(ctx context.Context, states func(ctx context.Context, after string, limit int) ([]store.Conversation, error)) (map[string]Feedback, error) {
	counted := map[string]Feedback{}
	for after := ""; ; {
		some, err := states(ctx, after, statesAtOnce)
		if err != nil || len(some) == 0 {
			return counted, err
		}
		for _, one := range some {
			m, err := decode(one.State)
			if err != nil {
				return nil, err
			}
			for answer, helped := range m.Verdicts {
				f := counted[answer]
				if helped {
					f.Helped++
				} else {
					f.Failed++
				}
				counted[answer] = f
			}
			after = one.ID
		}
	}
}
