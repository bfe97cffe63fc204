//go:build linux && (amd64 || arm64)

package main

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"strings"
)

// trace is the sizes of the frames that one client got, in their order: payload bytes of each send. A yardstick sends them again, in a circle.
// As a file it is a number a line; lines that begin with # are remarks.
type trace []int

// maxFrame bounds a frame of a trace, so that a broken file does not send gigabytes.
const maxFrame = 1 << 20

func readTrace(path string) (trace, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read a trace: %w", err)
	}
	defer file.Close()
	var t trace
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		if lines.Text() == "" || strings.HasPrefix(lines.Text(), "#") {
			continue
		}
		size, err := strconv.Atoi(lines.Text())
		if err != nil || size < 1 || size > maxFrame {
			return nil, fmt.Errorf("read the trace %s: %q is no number from 1 to %d", path, lines.Text(), maxFrame)
		}
		t = append(t, size)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read the trace %s: %w", path, err)
	}
	if len(t) == 0 {
		return nil, fmt.Errorf("read the trace %s: it is empty", path)
	}
	return t, nil
}

func (t trace) write(path, remark string) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n", remark)
	for _, size := range t {
		fmt.Fprintln(&b, size)
	}
	if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
		return fmt.Errorf("write a trace: %w", err)
	}
	return nil
}

func (t trace) mean() float64 {
	sum := 0
	for _, size := range t {
		sum += size
	}
	return float64(sum) / float64(max(len(t), 1))
}

// framed returns the sizes with the header that a server puts before each.
func (t trace) framed() trace {
	out := make(trace, len(t))
	for i, size := range t {
		out[i] = size + frameHeader(size, false)
	}
	return out
}

// last returns the last n sizes, or all if there are fewer.
func (t trace) last(n int) trace { return t[max(len(t)-max(n, 1), 0):] }

// scaled returns the trace with its sizes changed in proportion so that their mean is as wanted, to within a byte over the whole trace: what is
// rounded away at one frame comes at the next.
func (t trace) scaled(mean float64) trace {
	out := make(trace, len(t))
	factor, rest := mean/t.mean(), 0.0
	for i, size := range t {
		exact := float64(size)*factor + rest
		out[i] = max(int(exact+0.5), 1)
		rest = exact - float64(out[i])
	}
	return out
}

// frameHeader is the length of the header of a WebSocket frame (RFC 6455 section 5.2), masked if a client sends it.
func frameHeader(payload int, masked bool) int {
	n := 2
	switch {
	case payload > 0xffff:
		n += 8
	case payload > 125:
		n += 2
	}
	if masked {
		n += 4
	}
	return n
}
