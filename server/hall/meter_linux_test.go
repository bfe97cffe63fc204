package hall

import (
	"runtime"
	"testing"
	"time"
)

// What a thread works counts, what it sleeps does not.
func TestStintIsWork(t *testing.T) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	began, before := time.Now(), work()
	for work().since(before, 0) < 20*time.Millisecond {
	}
	time.Sleep(50 * time.Millisecond)
	took, worked := time.Since(began), work().since(before, 0)
	if worked < 20*time.Millisecond || worked > took-40*time.Millisecond {
		t.Errorf("worked %v of %v, of which 50 ms were sleep", worked, took)
	}
}
