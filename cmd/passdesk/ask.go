package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"passdesk/internal/chat"
)

func (p *program) ask() *cobra.Command {
	var language string
	var asJSON bool
	c := &cobra.Command{
		Use:   "ask TEXT",
		Short: "put one message to the desk and print the reply",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 || strings.TrimSpace(strings.Join(args, "")) == "" {
				return usageError{fmt.Errorf("ask needs a message, as in: passdesk ask \"NetUpdate wants a password\"")}
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			if err := languageFlag(language); err != nil {
				return err
			}
			d, err := p.desk()
			if err != nil {
				return err
			}
			r, err := d.Handle(c.Context(), chat.Message{Channel: "terminal", Conversation: "ask", Text: chat.Raw(strings.Join(args, " ")), Language: language})
			if err != nil {
				return err
			}
			if asJSON {
				encoder := json.NewEncoder(c.OutOrStdout())
				encoder.SetEscapeHTML(false)
				return encoder.Encode(r)
			}
			text := r.Text + "\n"
			for _, choice := range r.Choices {
				text += "  - " + choice.Label + "\n"
			}
			_, err = fmt.Fprint(c.OutOrStdout(), text)
			return err
		},
	}
	c.Flags().StringVar(&language, "language", "", "language of the reply, ja or en (default: that of the message)")
	c.Flags().BoolVar(&asJSON, "json", false, "print the reply as one line of JSON, as converse does")
	return c
}
