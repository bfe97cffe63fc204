package main

import (
	"context"
	"log/slog"
	"math"
	"os"
	"path"
	"runtime/debug"
	"runtime/metrics"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"ionwake/shared/wire"
)

// memory watches how much of its memory the server needs. Above memoryFull of the limit
// it takes nobody new: those who play keep what they need.
type memory struct {
	limit uint64 // bytes; 0: none is known
	log   *slog.Logger
	read  func() uint64 // bytes that are needed
	full  atomic.Bool
}

const (
	memoryFull  = 0.85 // of the limit: nobody new from here on
	memoryAgain = 0.80 // of the limit: somebody new again below
	memoryGoal  = 0.90 // of a container's limit: where the collector works without a pause
	memoryLook  = time.Second
)

// newMemory finds the limit: GOMEMLIMIT, or else that of the control group (cgroups(7)),
// which the collector is then told of.
func newMemory(log *slog.Logger) *memory {
	m := &memory{log: log, read: newGauge()}
	if soft := debug.SetMemoryLimit(-1); soft != math.MaxInt64 {
		m.limit = uint64(soft)
		return m
	}
	if m.limit = groupLimit(os.ReadFile); m.limit > 0 {
		debug.SetMemoryLimit(int64(memoryGoal * float64(m.limit)))
	}
	return m
}

// run looks at the memory until ctx ends.
func (m *memory) run(ctx context.Context) {
	if m.limit == 0 {
		return
	}
	m.look()
	tick := time.NewTicker(memoryLook)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			m.look()
		}
	}
}

func (m *memory) look() {
	needed := m.read()
	share := float64(needed) / float64(m.limit)
	switch full := m.full.Load(); {
	case !full && share >= memoryFull:
		m.full.Store(true)
		m.log.Warn("memory is nearly full: nobody new is let in", "needed_mib", needed>>20, "limit_mib", m.limit>>20,
			"remedy", "a larger limit, or lower --max-players and --max-rooms")
	case full && share < memoryAgain:
		m.full.Store(false)
		m.log.Info("there is memory again: newcomers are let in", "needed_mib", needed>>20, "limit_mib", m.limit>>20)
	}
}

// refuses tells newcomers why they are not let in, if they are not.
func (m *memory) refuses() (why wire.Reject, full bool) {
	if !m.full.Load() {
		return why, false
	}
	return wire.Reject{Code: wire.CloseOverload, Message: "The server has no memory for more players.", RetryAfterMS: 10_000}, true
}

// newGauge returns what reads neededMemory, without making objects.
func newGauge() func() uint64 {
	samples := []metrics.Sample{
		{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}, {Name: "/memory/classes/heap/free:bytes"},
		{Name: "/memory/classes/heap/unused:bytes"}, {Name: "/memory/classes/heap/objects:bytes"}, {Name: "/gc/heap/live:bytes"},
	}
	return func() uint64 {
		metrics.Read(samples)
		return neededMemory(samples)
	}
}

// neededMemory is what the collector cannot take back: everything that is mapped, but
// for what is free, what was given back to the system, and garbage.
func neededMemory(samples []metrics.Sample) uint64 {
	at := func(i int) uint64 { return samples[i].Value.Uint64() }
	garbage := at(4) - min(at(5), at(4))
	return at(0) - min(at(0), at(1)+at(2)+at(3)+garbage)
}

// groupLimit is the least limit of the control groups that this process is in, in bytes;
// 0: there is none, or none can be read.
func groupLimit(read func(string) ([]byte, error)) uint64 {
	own, err := read("/proc/self/cgroup")
	if err != nil {
		return 0
	}
	least := uint64(0)
	for line := range strings.Lines(string(own)) {
		parts := strings.SplitN(strings.TrimSpace(line), ":", 3) // hierarchy:controllers:path
		if len(parts) < 3 {
			continue
		}
		root, file := "/sys/fs/cgroup", "memory.max"
		if strings.Contains(","+parts[1]+",", ",memory,") {
			root, file = "/sys/fs/cgroup/memory", "memory.limit_in_bytes"
		} else if parts[1] != "" {
			continue
		}
		for group := path.Clean("/" + parts[2]); ; group = path.Dir(group) {
			if n := limitIn(read, path.Join(root, group, file)); n > 0 && (least == 0 || n < least) {
				least = n
			}
			if group == "/" {
				break
			}
		}
	}
	return least
}

// noLimit is from where on a number stands for none: the first version of control groups
// has a huge one.
const noLimit = 1 << 60

func limitIn(read func(string) ([]byte, error), file string) uint64 {
	text, err := read(file)
	if err != nil {
		return 0
	}
	n, err := strconv.ParseUint(strings.TrimSpace(string(text)), 10, 64) // or "max"
	if err != nil || n >= noLimit {
		return 0
	}
	return n
}
