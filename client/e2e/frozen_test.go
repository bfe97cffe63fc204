package e2e

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"
)

// renderers returns the processes of this machine's browsers that run pages.
func renderers(t *testing.T) map[int]bool {
	t.Helper()
	files, err := filepath.Glob("/proc/[0-9]*/cmdline")
	if err != nil || len(files) == 0 {
		lack(t, "/proc")
	}
	found := map[int]bool{}
	for _, file := range files {
		line, err := os.ReadFile(file)
		pid, broken := strconv.Atoi(filepath.Base(filepath.Dir(file)))
		if err == nil && broken == nil && bytes.Contains(line, []byte("--type=renderer")) && ours(pid) {
			found[pid] = true
		}
	}
	return found
}

// ours reports whether this test's own process is among those that started pid.
func ours(pid int) bool {
	for range 10 {
		if pid == os.Getpid() {
			return true
		}
		stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
		if err != nil {
			return false
		}
		after := stat[bytes.LastIndexByte(stat, ')')+1:]
		if _, err := fmt.Sscanf(string(after), " %c %d", new(rune), &pid); err != nil {
			return false
		}
	}
	return false
}

// TestFault_N8_FrozenPage stops a page's process for some seconds, as a laptop's sleep
// and a phone do: awake again, it is in its seat at once, at the present moment, and does
// not play what it slept through.
func TestFault_N8_FrozenPage(t *testing.T) {
	const asleep = 8 * time.Second
	s := startServer(t, "--bots", "2")
	blankTab(t) // the browser runs
	before := renderers(t)
	p := enterGame(t, s.url()+"?name=Ada")
	p.await("steady play", func(st stats) bool { return st.Frames > 30 && st.RTT > 0 })
	self := p.stats().Self
	stopped := 0
	for pid := range renderers(t) {
		if before[pid] {
			continue
		}
		if err := syscall.Kill(pid, syscall.SIGSTOP); err != nil {
			t.Fatalf("stop the page: %v", err)
		}
		stopped++
		defer func() { _ = syscall.Kill(pid, syscall.SIGCONT) }() // it may have been woken
	}
	if stopped == 0 {
		t.Fatal("the page has no process of its own")
	}
	from := s.status().Tick
	time.Sleep(asleep)
	for pid := range renderers(t) {
		if !before[pid] {
			_ = syscall.Kill(pid, syscall.SIGCONT) // one that has ended meanwhile is nobody's page
		}
	}
	first := p.stats()
	st := p.await("its seat, at the present moment", func(st stats) bool {
		return st.State == "playing" && st.Self == self && st.Tick > float64(from+uint64(asleep.Seconds()*50))
	})
	if st.Frames-first.Frames > 300 {
		t.Errorf("it took %d frames to come back", st.Frames-first.Frames)
	}
	late := float64(s.status().Tick) - p.stats().Tick
	if late > 60 {
		t.Errorf("the page is %v ticks behind the server", late)
	}
	if st := p.stats(); st.Mispredictions > 0 {
		t.Errorf("%d mispredictions", st.Mispredictions)
	}
	p.clean()
}
