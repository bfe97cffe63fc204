package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// smallDisk returns a folder on a disk of its own, which has so many bytes.
func smallDisk(t *testing.T, size string) string {
	t.Helper()
	folder := t.TempDir()
	err := syscall.Mount("tmpfs", folder, "tmpfs", 0, "size="+size)
	if errors.Is(err, syscall.EPERM) {
		t.Skipf("skipped: no disk can be mounted here, so none is filled: %v", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(folder, syscall.MNT_DETACH) })
	return folder
}

// fill writes into a folder until its disk is full, and returns what has to be removed to
// have room again.
func fill(t *testing.T, folder string) (ballast string) {
	t.Helper()
	ballast = filepath.Join(folder, "ballast")
	f, err := os.Create(ballast)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, size := range []int{1 << 20, 4096, 1} {
		for err = nil; err == nil; {
			_, err = f.Write(make([]byte, size))
		}
	}
	if !errors.Is(err, syscall.ENOSPC) {
		t.Fatalf("the disk is not full: %v", err)
	}
	return ballast
}

// R7: the disk of the data folder is full. Matches end as they do and ticks go on; nothing
// is said to be kept that is not, the host is told once, and when there is room again what
// has happened meanwhile is kept.
func TestFault_R7_FullDataFolder(t *testing.T) {
	t.Parallel()
	data := smallDisk(t, "24m")
	p := startShort(t, data)
	const people = 16 // whose results do not fit into what is left of a page
	for i := range people {
		hello := pilot(fmt.Sprintf("Pilot %c", 'A'+i))
		hello.Device[0] += byte(i)
		p.join("main", hello)
	}
	p.keeps(len(p.kept()) + 2)
	ballast := fill(t, data)
	time.Sleep(300 * time.Millisecond) // what was under way is kept, or is not
	before := len(p.kept())
	cpu, _ := p.watch(3 * time.Second)
	if now := len(p.kept()); now > before+1 {
		t.Errorf("%d matches are said to be kept on a full disk", now-before)
	}
	if code, body := p.get(p.admin, "/livez"); code != 200 {
		t.Errorf("it is not alive: %d %s", code, body)
	}
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	p.keeps(before + 4)
	p.stop()
	games := map[string]bool{}
	for _, id := range p.kept() {
		games[id] = true
	}
	p = startShort(t, data)
	rungs := p.ladder("")
	if len(rungs) != people {
		t.Errorf("%d people are in the ladder, want %d", len(rungs), people)
	}
	for _, r := range rungs {
		if r.Games > len(games) || r.Games < len(games)-2 { // the first two may have begun before all were there
			t.Errorf("%s has %d games of %d", r.Name, r.Games, len(games))
		}
	}
	t.Logf("p99 of a tick %v of CPU meanwhile", cpu)
}
