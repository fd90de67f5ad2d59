package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"passdesk/internal/measure"
)

func (p *program) evaluate() *cobra.Command {
	var public string
	var noise, each bool
	sets := measure.Public{}
	c := &cobra.Command{
		Use:   "evaluate [FILE.tsv]",
		Short: "measure how well the desk reads: a file of labelled messages, our own examples, noise, or public sets",
		Long: `evaluate FILE.tsv        the desk on labelled messages (columns text, expect, facts; lang and difficulty if present)
evaluate                 the desk on its own examples, by cross-validation
evaluate --noise         the same with typos, other widths, hiragana, wrapping and more
evaluate --public DIR    the classifier alone on TSV files of split, language, intent and text`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 || len(args) == 1 && (noise || public != "") || noise && public != "" || each && (noise || public != "") {
				return usageError{fmt.Errorf("evaluate takes one file, or --noise, or --public DIR; --each goes with neither of the two")}
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			switch {
			case public != "":
				return sets.Run(os.DirFS(public), c.OutOrStdout())
			case len(args) == 1:
				return p.evaluateFile(c, args[0], each)
			default:
				return p.evaluateExamples(c, noise, each)
			}
		},
	}
	c.Flags().StringVar(&public, "public", "", "directory of public sets")
	c.Flags().StringVar(&sets.Train, "train", "train", "with --public: the split to learn from")
	c.Flags().StringVar(&sets.Test, "test", "test", "with --public: the split to try; oos_ before its name holds messages out of scope")
	c.Flags().IntVar(&sets.Shots, "shots", 0, "with --public: learn from so many messages of each intent, 0 for all")
	c.Flags().IntVar(&sets.Seeds, "seeds", 3, "with --shots: average so many draws")
	c.Flags().BoolVar(&sets.Calibrate, "calibrate", true, "with --public: calibrate by cross-validation")
	c.Flags().BoolVar(&noise, "noise", false, "try the held-out examples with noise")
	c.Flags().BoolVar(&each, "each", false, "list every message that did not come out right")
	return c
}

func (p *program) evaluateFile(c *cobra.Command, name string, each bool) error {
	file, err := os.Open(name)
	if err != nil {
		return fmt.Errorf("open messages: %w", err)
	}
	defer func() { _ = file.Close() }() // it was only read
	rows, err := measure.ReadLabelled(file)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	g, r, err := p.load()
	if err != nil {
		return err
	}
	return measure.Evaluate(g, r.Read, rows).Print(c.OutOrStdout(), each)
}

func (p *program) evaluateExamples(c *cobra.Command, noise, each bool) error {
	g, content, err := p.examples()
	if err != nil {
		return err
	}
	v := measure.CrossValidate(g, content)
	if noise {
		files, err := p.files()
		if err != nil {
			return err
		}
		words, err := measure.LoadWords(files.Intents)
		if err != nil {
			return fmt.Errorf("load noise: %w", err)
		}
		return v.Noises(content, words, c.OutOrStdout())
	}
	return v.Report(content.Settings).Print(c.OutOrStdout(), each)
}
