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

// machine is where and of what a result is, as lines "key: value", which benchstat keeps apart by.
type machine struct {
	key, value string
}

func thisMachine(now time.Time) []machine {
	return []machine{
		{"goos", runtime.GOOS},
		{"goarch", runtime.GOARCH},
		{"cpu", processorName()},
		{"cores", fmt.Sprint(runtime.NumCPU())},
		{"memory", firstLine("/proc/meminfo", "MemTotal:")},
		{"kernel", firstLine("/proc/sys/kernel/osrelease", "")},
		{"go", runtime.Version()},
		{"load-before", firstLine("/proc/loadavg", "")},
		{"commit", commit()},
		{"date", now.Format(time.RFC3339)},
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

func printMachine(w io.Writer, about []machine) error {
	for _, m := range about {
		if _, err := fmt.Fprintf(w, "%s: %s\n", m.key, m.value); err != nil {
			return fmt.Errorf("write about the machine: %w", err)
		}
	}
	return nil
}
