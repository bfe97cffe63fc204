//go:build linux && (amd64 || arm64)

package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// line is one measurement, as a line of `go test -bench`: a benchmark's name and what it took, each in its unit.
type line struct {
	pkg    string // import path
	name   string // without "Benchmark" and without the number of processors
	values []value
}

type value struct {
	amount float64
	unit   string
}

// book is everything measured in a run, in its order. Several lines of one name are repetitions.
type book struct {
	pages []line
}

// self is the package of the lines of the arena bench.
const self = "ionwake/server/bench"

// add writes a line of the arena bench.
func (b *book) add(name string, values ...value) { b.pages = append(b.pages, line{self, name, values}) }

// read takes the lines of benchmarks out of what go test prints. They are of pkg as long as it names none; lines that tests write are indented.
func (b *book) read(pkg, output string) {
	for text := range strings.Lines(output) {
		if rest, ok := strings.CutPrefix(text, "pkg: "); ok {
			pkg = strings.TrimSpace(rest)
		}
		if l, ok := parseLine(pkg, text); ok {
			b.pages = append(b.pages, l)
		}
	}
}

func parseLine(pkg, text string) (line, bool) {
	fields := strings.Fields(text)
	if len(fields) < 4 || len(fields)%2 != 0 || !strings.HasPrefix(fields[0], "Benchmark") {
		return line{}, false
	}
	l := line{pkg: pkg, name: strings.TrimPrefix(fields[0], "Benchmark")}
	if at := strings.LastIndexByte(l.name, '-'); at > 0 {
		if _, err := strconv.Atoi(l.name[at+1:]); err == nil {
			l.name = l.name[:at]
		}
	}
	for i := 2; i < len(fields); i += 2 {
		amount, err := strconv.ParseFloat(fields[i], 64)
		if err != nil {
			return line{}, false
		}
		l.values = append(l.values, value{amount, fields[i+1]})
	}
	return l, true
}

// values returns what all lines of the name have in the unit. A name that ends in an asterisk stands for all that begin so.
func (b *book) values(name, unit string) []float64 {
	begin, open := strings.CutSuffix(name, "*")
	var out []float64
	for _, l := range b.pages {
		if l.name != name && !(open && strings.HasPrefix(l.name, begin)) {
			continue
		}
		for _, v := range l.values {
			if v.unit == unit {
				out = append(out, v.amount)
			}
		}
	}
	return out
}

// write writes the lines as benchstat reads them.
func (b *book) write(w io.Writer) error {
	pkg := ""
	for _, l := range b.pages {
		if l.pkg != pkg {
			pkg = l.pkg
			if _, err := fmt.Fprintf(w, "pkg: %s\n", pkg); err != nil {
				return fmt.Errorf("write the result: %w", err)
			}
		}
		if _, err := fmt.Fprintln(w, l.text()); err != nil {
			return fmt.Errorf("write the result: %w", err)
		}
	}
	return nil
}

func (l line) text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "Benchmark%s 1", l.name)
	for _, v := range l.values {
		fmt.Fprintf(&b, " %s %s", number(v.amount), v.unit)
	}
	return b.String()
}

// number is a figure with four digits that count, and no exponent.
func number(x float64) string {
	digits := 0
	for limit := 1000.0; digits < 6 && x < limit && x > -limit; limit /= 10 {
		digits++
	}
	text := strconv.FormatFloat(x, 'f', digits, 64)
	if digits > 0 {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	return text
}

// spread is a set of measurements.
type spread struct{ low, median, high float64 }

func spreadOf(values []float64) spread {
	s := slices.Clone(values)
	slices.Sort(s)
	middle := s[len(s)/2]
	if len(s)%2 == 0 {
		middle = (s[len(s)/2-1] + s[len(s)/2]) / 2
	}
	return spread{s[0], middle, s[len(s)-1]}
}

func (s spread) String() string {
	if s.low == s.high {
		return number(s.median)
	}
	return fmt.Sprintf("%s [%s..%s]", number(s.median), number(s.low), number(s.high))
}

// ratio is a/b, 0 where there is no b.
func ratio(a, b float64) float64 {
	if cmp.Compare(b, 0) == 0 {
		return 0
	}
	return a / b
}
