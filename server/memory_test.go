package main

import (
	"bytes"
	"io/fs"
	"log/slog"
	"net/http"
	"runtime"
	"strings"
	"testing"

	"ionwake/shared/wire"
)

// R3: from 85 % of the memory on nobody new is let in, and again only below 80 %, with
// one line each time.
func TestFault_R3_Admission(t *testing.T) {
	var log bytes.Buffer
	needed := uint64(0)
	m := &memory{limit: 1000, log: slog.New(slog.NewTextHandler(&log, nil)), read: func() uint64 { return needed }}
	for _, step := range []struct {
		needed uint64
		full   bool
	}{{0, false}, {849, false}, {850, true}, {1200, true}, {801, true}, {799, false}, {849, false}, {900, true}} {
		needed = step.needed
		m.look()
		why, full := m.refuses()
		if full != step.full || full && (why.Code != wire.CloseOverload || why.RetryAfterMS == 0 || why.Message == "") {
			t.Errorf("at %d of 1000: %v %+v, want %v", step.needed, full, why, step.full)
		}
	}
	if n := strings.Count(log.String(), "\n"); n != 3 {
		t.Errorf("%d lines, want 3:\n%s", n, log.String())
	}
}

// R3, from outside: a server without memory takes nobody new, says why, and tells who
// watches it that it is full.
func TestFault_R3_NoMemory(t *testing.T) {
	t.Parallel()
	p := startIn(t, []string{"GOMEMLIMIT=4MiB"}, "--listen=127.0.0.1:0")
	eventually(t, "full", func() bool {
		code, body := p.get(p.admin, "/readyz")
		return code == http.StatusServiceUnavailable && strings.Contains(body, "full")
	})
	c := p.dial("")
	c.hello(wire.Hello{Name: "Ann"})
	if told := c.wantEnd(wire.CloseOverload); told.RetryAfterMS == 0 {
		t.Errorf("told %+v, want when to try again", told)
	}
	if code, _ := p.get(p.admin, "/livez"); code != http.StatusOK {
		t.Errorf("livez: %d, want 200", code)
	}
	p.stop()
}

func TestNeededMemory(t *testing.T) {
	gauge := newGauge()
	before := gauge()
	kept := make([]byte, 64<<20)
	for i := range kept {
		kept[i] = 1
	}
	runtime.GC()
	if got := gauge(); got < before+48<<20 {
		t.Errorf("%d MiB are needed with 64 more than before, when it was %d", got>>20, before>>20)
	}
	clear(kept[:1])
	kept = nil
	runtime.GC()
	if got := gauge(); got > before+16<<20 {
		t.Errorf("%d MiB are needed after that was given up, before it was %d", got>>20, before>>20)
	}
}

func TestGroupLimit(t *testing.T) {
	const huge = "9223372036854771712\n"
	for name, c := range map[string]struct {
		files map[string]string
		want  uint64
	}{
		"none":                    {nil, 0},
		"unlimited":               {map[string]string{"/proc/self/cgroup": "0::/\n", "/sys/fs/cgroup/memory.max": "max\n"}, 0},
		"container":               {map[string]string{"/proc/self/cgroup": "0::/\n", "/sys/fs/cgroup/memory.max": "1000\n"}, 1000},
		"service":                 {map[string]string{"/proc/self/cgroup": "0::/system.slice/ionwake.service\n", "/sys/fs/cgroup/system.slice/ionwake.service/memory.max": "2000\n"}, 2000},
		"the one above is less":   {map[string]string{"/proc/self/cgroup": "0::/a/b\n", "/sys/fs/cgroup/a/b/memory.max": "2000\n", "/sys/fs/cgroup/a/memory.max": "1500\n"}, 1500},
		"first version":           {map[string]string{"/proc/self/cgroup": "12:cpu,cpuacct:/x\n5:memory:/docker/y\n0::/\n", "/sys/fs/cgroup/memory/docker/y/memory.limit_in_bytes": "3000\n", "/sys/fs/cgroup/memory/memory.limit_in_bytes": huge}, 3000},
		"first version, no limit": {map[string]string{"/proc/self/cgroup": "5:memory:/\n", "/sys/fs/cgroup/memory/memory.limit_in_bytes": huge}, 0},
		"nonsense":                {map[string]string{"/proc/self/cgroup": "x\n0::../..\n:::\n", "/sys/fs/cgroup/memory.max": "-5\n"}, 0},
	} {
		got := groupLimit(func(path string) ([]byte, error) {
			text, ok := c.files[path]
			if !ok {
				return nil, fs.ErrNotExist
			}
			return []byte(text), nil
		})
		if got != c.want {
			t.Errorf("%s: got %d, want %d", name, got, c.want)
		}
	}
}
