//go:build amd64 || arm64

package gate

import (
	"testing"
	"time"
)

// A pump waits as long as it is told, again and again, and takes nothing from the heap for it.
func TestPumpWaits(t *testing.T) {
	pumps, err := NewPumps(1)
	if err != nil {
		t.Fatal(err)
	}
	p := pumps[0]
	defer p.Close()
	for _, d := range []time.Duration{time.Nanosecond, time.Millisecond, 20 * time.Millisecond, time.Millisecond} {
		began := time.Now()
		p.Wait(d)
		if took := time.Since(began); took < d {
			t.Errorf("waited %v, want %v at least", took, d)
		}
	}
	for i := range 20000 { // the timer rings before anybody waits for it, or just then
		p.Wait(time.Duration(1 + i%3000))
	}
	began := time.Now()
	p.Wait(0)
	p.Wait(-time.Second)
	if took := time.Since(began); took > 900*time.Millisecond {
		t.Errorf("waited %v for nothing", took)
	}
	if n := testing.AllocsPerRun(20, func() { p.Wait(100 * time.Microsecond) }); n != 0 {
		t.Errorf("%g objects for a wait", n)
	}
}

// A pump whose alarm is gone waits all the same.
func TestPumpWaitsWithoutItsAlarm(t *testing.T) {
	pumps, err := NewPumps(1)
	if err != nil {
		t.Fatal(err)
	}
	p := pumps[0]
	defer p.Close()
	p.alarm.close()
	began := time.Now()
	p.Wait(20 * time.Millisecond)
	if took := time.Since(began); took < 20*time.Millisecond {
		t.Errorf("waited %v", took)
	}
}
