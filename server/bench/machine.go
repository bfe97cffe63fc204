//go:build linux && (amd64 || arm64)

package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"time"
)

// machine is something about where and when a result was made, and of what.
type machine struct {
	key, value string
	passing    bool // another time it is something else, and the results shall be compared all the same
}

func thisMachine(now time.Time) []machine {
	return []machine{
		{"goos", runtime.GOOS, false},
		{"goarch", runtime.GOARCH, false},
		{"cpu", processorName(), false},
		{"cores", fmt.Sprint(runtime.NumCPU()), false},
		{"memory", firstLine("/proc/meminfo", "MemTotal:"), true},
		{"kernel", firstLine("/proc/sys/kernel/osrelease", ""), true},
		{"go", runtime.Version(), true},
		{"load-before", firstLine("/proc/loadavg", ""), true},
		{"commit", commit(), true},
		{"date", now.Format(time.RFC3339), true},
	}
}

// firstLine returns what follows the prefix in the first line of a file that has it.
func firstLine(path, prefix string) string {
	file, err := os.Open(path)
	if err != nil {
		return "unknown"
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		if rest, ok := strings.CutPrefix(lines.Text(), prefix); ok {
			return strings.TrimSpace(strings.TrimLeft(rest, "\t :"))
		}
	}
	return "unknown"
}

// processorName is empty-handed on ARM, whose kernel does not tell a name.
func processorName() string { return firstLine("/proc/cpuinfo", "model name") }

// commit is what was measured, as far as git knows.
func commit() string {
	out, err := exec.Command("git", "describe", "--always", "--dirty").Output()
	if err != nil {
		return "unknown"
	}
	return strings.TrimSpace(string(out))
}

// printMachine writes lines "key: value" for a result. benchstat compares results only if they agree in all of those, so what passes is a remark.
func printMachine(w io.Writer, about []machine) error {
	for _, m := range about {
		remark := ""
		if m.passing {
			remark = "# "
		}
		if _, err := fmt.Fprintf(w, "%s%s: %s\n", remark, m.key, m.value); err != nil {
			return fmt.Errorf("write about the machine: %w", err)
		}
	}
	return nil
}

// listMachine prints the same for people, in a line.
func listMachine(w io.Writer, about []machine) {
	words := make([]string, len(about))
	for i, m := range about {
		words[i] = m.key + " " + m.value
	}
	fmt.Fprintf(w, "%s\n\n", strings.Join(words, ", "))
}
