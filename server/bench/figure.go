//go:build linux && (amd64 || arm64)

package main

import (
	"fmt"
	"io"
	"strings"
)

// figure is a row of the table: something that was to be reached, and where in the book stands what was.
type figure struct {
	what string
	name string // of the lines; see book.values
	unit string
	goal goal
	how  string // it is measured
}

// goal is what a figure has to be. Its zero value wants nothing: the figure is told only.
type goal struct {
	kind  goalKind
	limit float64
}

type goalKind int

const (
	told       goalKind = iota
	medianMost          // the median of all repetitions is at most the limit
	allMost             // each is
	allLeast            // each is at least the limit
)

func (g goal) String() string {
	switch g.kind {
	case medianMost, allMost:
		return "≤ " + number(g.limit)
	case allLeast:
		return "≥ " + number(g.limit)
	default:
		return "told"
	}
}

// met says whether the goal is reached.
func (g goal) met(s spread) string {
	reached := false
	switch g.kind {
	case medianMost:
		reached = s.median <= g.limit
	case allMost:
		reached = s.high <= g.limit
	case allLeast:
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
		measured, met = s.String()+" "+f.unit, f.goal.met(s)
	}
	target := f.goal.String()
	if f.goal.kind != told {
		target += " " + f.unit
	}
	return [5]string{f.what, target, measured, met, f.how}
}

// printTable prints the figures as a Markdown table whose columns also line up on a terminal.
func printTable(w io.Writer, figures []figure, b *book) {
	rows := [][5]string{{"what", "target", "measured", "met", "how"}}
	for _, f := range figures {
		rows = append(rows, f.row(b))
	}
	var widths [5]int
	for _, row := range rows {
		for i, cell := range row[:4] { // the last column is as wide as it is
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
}
