package canned

import (
	"encoding/csv"
	"io"
	"strings"
	"unicode/utf8"
)

// writeCSV writes one row for each answer and language, for spreadsheets.
func writeCSV(w io.Writer, answers []exported) error {
	out := csv.NewWriter(w)
	rows := [][]string{{"id", "language", "title", "keywords", "plain", "html", "reviewed", "review-by"}}
	for _, a := range answers {
		rows = append(rows, []string{
			a.ID, string(a.Language), a.Title, strings.Join(a.Keywords, "; "), a.Plain, a.HTML, a.Reviewed, a.ReviewBy,
		})
	}
	for _, row := range rows {
		for i, field := range row {
			row[i] = harmless(field)
		}
	}
	return out.WriteAll(rows) // it flushes
}

// formulas are how a formula may begin, in a Japanese spreadsheet full-width too.
const formulas = "=+-@\t\r\n＝＋－＠"

// harmless puts an apostrophe before what a spreadsheet would take for a formula.
func harmless(field string) string {
	if first, _ := utf8.DecodeRuneInString(field); field != "" && strings.ContainsRune(formulas, first) {
		return "'" + field
	}
	return field
}
