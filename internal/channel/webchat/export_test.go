package webchat

// ConversationOf is the id of the conversation that a token opens.
var ConversationOf = conversationOf
