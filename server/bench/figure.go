//go:build linux && (amd64 || arm64)

package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// figure is a row of the table: something that was to be reached, and where in the book stands what was.
type figure struct {
	what string
	name string // of the lines; see book.values
	unit string // in the book
	as   string // and in the table
	goal goal
	how  way // it is measured
}

// goal is what a figure has to be. Its zero value wants nothing: the figure is told only.
type goal struct {
	kind  goalKind
	limit float64
}

// The kinds of goals: for the median of all repetitions, or for each.
func medianMost(limit float64) goal { return goal{medianAtMost, limit} }
func most(limit float64) goal       { return goal{atMost, limit} }
func least(limit float64) goal      { return goal{atLeast, limit} }

type goalKind int

const (
	told         goalKind = iota
	medianAtMost          // the median of all repetitions is at most the limit
	atMost                // each is
	atLeast               // each is at least the limit
)

func (g goal) String() string {
	switch g.kind {
	case medianAtMost, atMost:
		return "≤ " + number(g.limit)
	case atLeast:
		return "≥ " + number(g.limit)
	default:
		return "told"
	}
}

// met says whether the goal is reached.
func (g goal) met(s spread) string {
	reached := false
	switch g.kind {
	case medianAtMost:
		reached = s.median <= g.limit
	case atMost:
		reached = s.high <= g.limit
	case atLeast:
		reached = s.low >= g.limit
	default:
		return ""
	}
	if reached {
		return "yes"
	}
	return "**no**"
}

// row returns the cells of a figure's row: what, target, measured, met, how.
func (f figure) row(b *book) [5]string {
	measured, met := "not measured", ""
	if values := b.values(f.name, f.unit); len(values) > 0 {
		s := spreadOf(values)
		measured, met = s.String()+" "+f.as+f.few(b), f.goal.met(s)
	}
	target := f.goal.String()
	if f.goal.kind != told {
		target += " " + f.as
	}
	return [5]string{f.what, target, measured, met, f.how.word}
}

// fewest is how many observations have to lie beyond a quantile for it to be one: with fewer it is as good as the largest.
const fewest = 3

// few says of how many observations a quantile is, if they are too few for it.
func (f figure) few(b *book) string {
	share := 0.0
	switch {
	case strings.Contains(f.unit, "p99.9"):
		share = 0.001
	case strings.Contains(f.unit, "p99"):
		share = 0.01
	}
	of := ""
	switch begin, _, _ := strings.Cut(f.unit, "-p99"); begin {
	case "round", "round-cpu", "late":
		of = "rounds"
	case "gc-pause":
		of = "gc-pauses"
	}
	counts := b.values(f.name, of)
	if share == 0 || len(counts) == 0 || slices.Min(counts)*share >= fewest {
		return ""
	}
	return fmt.Sprintf(" (of %s only)", number(slices.Min(counts)))
}

// printTable prints the figures as a Markdown table whose columns also line up on a terminal, and what the words of its last column stand for.
func printTable(w io.Writer, figures []figure, b *book) {
	rows := [][5]string{{"what", "target", "measured", "met", "how"}}
	for _, f := range figures {
		rows = append(rows, f.row(b))
	}
	var widths [5]int
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], len([]rune(cell)))
		}
	}
	for at, row := range rows {
		for i, cell := range row {
			fmt.Fprintf(w, "| %s%s ", cell, strings.Repeat(" ", max(widths[i]-len([]rune(cell)), 0)))
		}
		fmt.Fprintln(w, "|")
		if at == 0 {
			fmt.Fprintln(w, strings.Repeat("|---", len(row))+"|")
		}
	}
	fmt.Fprintln(w)
	for _, by := range ways {
		fmt.Fprintf(w, "- %s: %s.\n", by.word, by.means)
	}
}
