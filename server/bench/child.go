//go:build linux && (amd64 || arm64)

package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"
)

// patience is how long a child may take to start or to stop.
const patience = 20 * time.Second

// child is a process of a run. It is told to end by the end of its standard input (or by a signal), so that it also ends when this program does.
type child struct {
	name  string
	cmd   *exec.Cmd
	in    io.WriteCloser
	lines *bufio.Scanner
	log   bytes.Buffer
}

// start starts a child with more in its environment. The child shall say on its standard output where it is, and at its end what it counted.
func start(name string, env []string, path string, args ...string) (*child, error) {
	c := &child{name: name, cmd: exec.Command(path, args...)}
	c.cmd.Env = append(os.Environ(), env...)
	c.cmd.Stderr = &c.log
	c.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	in, err := c.cmd.StdinPipe()
	if err != nil {
		return nil, fmt.Errorf("start %s: %w", name, err)
	}
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("start %s: %w", name, err)
	}
	if err := c.cmd.Start(); err != nil {
		return nil, fmt.Errorf("start %s: %w", name, err)
	}
	c.in, c.lines = in, bufio.NewScanner(out)
	c.lines.Buffer(nil, 1<<20)
	return c, nil
}

// await reads lines until one has the prefix, and returns what follows it.
func (c *child) await(prefix string) (string, error) {
	guard := time.AfterFunc(patience, func() { _ = c.cmd.Process.Kill() })
	defer guard.Stop()
	for c.lines.Scan() {
		if rest, ok := strings.CutPrefix(c.lines.Text(), prefix); ok {
			return rest, nil
		}
	}
	c.kill() // and all it said is in the log
	return "", fmt.Errorf("%s ended before it said %q: %s", c.name, prefix, c.said())
}

// finish ends the child by the end of its input and reads what it counted into report.
func (c *child) finish(report any) error {
	_ = c.in.Close() // it may have ended by itself
	line, err := c.await("counted ")
	if err != nil {
		return err
	}
	if err := json.Unmarshal([]byte(line), report); err != nil {
		return fmt.Errorf("read what %s counted: %w", c.name, err)
	}
	return c.wait()
}

// wait waits for the end, which must be a good one.
func (c *child) wait() error {
	guard := time.AfterFunc(patience, func() { _ = c.cmd.Process.Kill() })
	defer guard.Stop()
	for c.lines.Scan() { // or a child that still speaks would wait for us
	}
	if err := c.cmd.Wait(); err != nil {
		return fmt.Errorf("%s: %w: %s", c.name, err, c.said())
	}
	return nil
}

// kill ends the child if it has not ended; for the ways out of errors.
func (c *child) kill() {
	if c.cmd.ProcessState == nil {
		_ = c.cmd.Process.Kill()
		_ = c.wait()
	}
}

func (c *child) said() string {
	text := strings.TrimSpace(c.log.String())
	if text == "" {
		return "it said nothing"
	}
	return text
}

// cpu returns the processor time used so far.
func (c *child) cpu() (time.Duration, error) { return cpuTime(c.cmd.Process.Pid) }

// untilEnd tells a child's part of the bargain: it returns when its standard input ends.
func untilEnd(in io.Reader) <-chan struct{} {
	done := make(chan struct{})
	go func() {
		defer close(done)
		_, _ = io.Copy(io.Discard, in)
	}()
	return done
}

// tell writes the line that finish reads.
func tell(out io.Writer, report any) error {
	line, err := json.Marshal(report)
	if err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	_, err = fmt.Fprintf(out, "counted %s\n", line)
	return err
}
