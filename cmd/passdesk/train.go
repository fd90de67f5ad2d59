package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"passdesk/internal/understand"
)

func (p *program) train() *cobra.Command {
	var output string
	c := &cobra.Command{
		Use:   "train",
		Short: "learn from the examples and save what was learnt beside them, so that starting takes no time",
		Args:  noArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			content, err := p.files()
			if err != nil {
				return err
			}
			if output == "" {
				output = filepath.Join(p.content, "intents", understand.SavedFile)
				if info, err := os.Stat(filepath.Dir(output)); p.content == "" || err != nil || !info.IsDir() {
					return usageError{fmt.Errorf("train needs --output, or --content with a directory that holds intents/")}
				}
			}
			saved, err := content.Train()
			if err != nil {
				return err
			}
			if err := os.WriteFile(output, saved, 0o644); err != nil {
				return fmt.Errorf("save reader: %w", err)
			}
			_, err = fmt.Fprintf(c.OutOrStdout(), "%s: %d bytes\n", output, len(saved))
			return err
		},
	}
	c.Flags().StringVar(&output, "output", "", "file to write; by default "+understand.SavedFile+" beside the examples of --content")
	return c
}
