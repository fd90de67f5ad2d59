package webchat

import "passdesk/internal/chat"

// pictureOfChoice is the id of a choice's picture, "" if it has none.
func pictureOfChoice(c chat.Choice) string { return c.Picture }

// pictureOfItem is the id of a step's picture, "" if it has none.
func pictureOfItem(i chat.Item) string { return i.Picture }
