package chat

import (
	"encoding/json"
	"errors"
)

// The steps of replies in which the bot does not answer. The others are those of the dialogue.
const (
	StepAgent   = "agent"   // the turn is a support agent's
	StepRelayed = "relayed" // the customer wrote to a support agent, who is there
)

// ErrAway says that an agent who is not in the conversation wanted to say something. Either they never joined,
// or the customer has gone back to the assistant, or the conversation was quiet for so long that it
// counts as over, or a colleague has taken over, or they are there for another hand-over. Joining and saying it again is safe.
var ErrAway = errors.New("agent is not in the conversation")

// AgentMessage is one thing that a support agent does in a conversation.
type AgentMessage struct {
	ID           string // the same when it is sent again; "" if it cannot be
	Conversation string // it must be there
	Reference    string // of the hand-over that it is about; must be given for AgentClose
	Agent        string // id of the agent's account: it tells agents apart and is shown to nobody
	Name         string // as the customer reads it; must be given
	Do           AgentAct
	Text         Raw    // of AgentSay; may be empty otherwise
	With         string // Delivery.With of what the customer gets
}

// AgentAct is what an agent does.
type AgentAct string

// What an agent does. From join to leave the customer's words are for the agent, not for the bot.
const (
	AgentJoin  AgentAct = "join"
	AgentSay   AgentAct = "say"
	AgentLeave AgentAct = "leave"
	// AgentClose ends a hand-over: whichever agent is there for it leaves, and the customer can ask for a
	// person again. It is no turn if the hand-over is over, or an earlier one for which nobody is there.
	AgentClose AgentAct = "close"
)

// ByAgent is what is kept of an agent's turn instead of what was pressed; what the agent wrote is
// kept as what was said.
type ByAgent struct {
	Do   AgentAct `json:"agent"`
	Name string   `json:"name,omitempty"`
}

// AgentOf reads what is kept of what was pressed. It reports false for a customer's turn.
func AgentOf(pressed string) (ByAgent, bool) {
	var b ByAgent
	if pressed == "" || json.Unmarshal([]byte(pressed), &b) != nil {
		return ByAgent{}, false
	}
	return b, b.Do != ""
}
