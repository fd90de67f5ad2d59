package author

import (
	"fmt"
	"iter"
	"maps"

	"passdesk/internal/dialogue"
	"passdesk/internal/guide"
)

// coverage counts which branches, answers and follow-ups some story takes.
type coverage struct {
	guide *guide.Guide
	all   []string // in the order in which they are reported
	taken map[string]bool
}

func newCoverage(g *guide.Guide) *coverage {
	c := &coverage{guide: g, taken: map[string]bool{}}
	for _, b := range g.Branches() {
		c.all = append(c.all, b.String())
	}
	for _, id := range g.Answers() {
		c.all = append(c.all, "answer "+id)
		for _, f := range g.Answer(id).FollowUps {
			c.all = append(c.all, followUp(id, f))
		}
	}
	return c
}

func followUp(id string, f guide.Fact) string {
	return fmt.Sprintf("follow-up {%s: %s} of %s", f.Slot, f.Value, id)
}

// take records what one turn went through.
func (c *coverage) take(before, after dialogue.State, step dialogue.Step) {
	for _, t := range step.Path {
		if b, ok := c.guide.Taken(t); ok {
			c.taken[b.String()] = true
		}
	}
	known := c.guide.Active(after.Stated)
	if before.Asked != "" && known[before.Asked] != "" {
		path := c.guide.Walk(c.guide.Active(before.Stated)).Path // ends at the question
		asking := path[len(path)-1]
		asking.Value = known[before.Asked]
		if b, ok := c.guide.Taken(asking); ok {
			c.taken[b.String()] = true
		}
	}
	if step.Answer != "" {
		c.taken["answer "+step.Answer] = true
	}
	if a := c.guide.Answer(before.Answered); a != nil {
		for _, f := range a.FollowUps {
			if known[f.Slot] == f.Value && c.guide.Active(before.Stated)[f.Slot] != f.Value {
				c.taken[followUp(a.ID, f)] = true
			}
		}
	}
}

func (c *coverage) result() (uncovered []string, covered, total int) {
	for _, name := range c.all {
		if c.taken[name] {
			covered++
		} else {
			uncovered = append(uncovered, name)
		}
	}
	return uncovered, covered, len(c.all)
}

func keys(m map[string]string) iter.Seq[string] { return maps.Keys(m) }
