package lab

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"slices"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
)

// arrivals reads n messages of size bytes and returns when each was complete,
// since start.
func arrivals(t *testing.T, conn net.Conn, start time.Time, n, size int) []time.Duration {
	t.Helper()
	var at []time.Duration
	buf := make([]byte, size)
	for range n {
		if _, err := io.ReadFull(conn, buf); err != nil {
			t.Fatalf("reading message %d: %v", len(at), err)
		}
		at = append(at, time.Since(start))
	}
	return at
}

func write(t *testing.T, conn net.Conn, p []byte) {
	t.Helper()
	if n, err := conn.Write(p); n != len(p) || err != nil {
		t.Errorf("Write of %d bytes: %d, %v", len(p), n, err)
	}
}

func TestLatencyIsExact(t *testing.T) {
	for _, rtt := range []time.Duration{0, 50 * time.Millisecond, 400 * time.Millisecond} {
		synctest.Test(t, func(t *testing.T) {
			a, b := Pipe(Line{RTT: rtt})
			start := time.Now()
			write(t, a, []byte("there"))
			if got := arrivals(t, b, start, 1, 5)[0]; got != rtt/2 {
				t.Errorf("RTT %v: arrived after %v, want %v", rtt, got, rtt/2)
			}
			write(t, b, []byte("back"))
			if got := arrivals(t, a, start, 1, 4)[0]; got != rtt {
				t.Errorf("RTT %v: answer after %v, want %v", rtt, got, rtt)
			}
		})
	}
}

// TestStreamSurvives sends a known stream over a line with every fault at once
// and wants the same bytes in the same order, and the same moments for the same
// seed.
func TestStreamSurvives(t *testing.T) {
	run := func(seed uint64) (moments []time.Duration) {
		synctest.Test(t, func(t *testing.T) {
			line := Line{RTT: 80 * time.Millisecond, Jitter: 40 * time.Millisecond, Loss: 0.1, Bandwidth: 40_000,
				StallEvery: 2 * time.Second, StallFor: 500 * time.Millisecond, SendBuffer: 9_000, NotSent: 3_000, RecvBuffer: 5_000, Seed: seed}
			a, b := Pipe(line)
			want := make([]byte, 200_000)
			dice := rand.New(rand.NewPCG(7, seed))
			for i := range want {
				want[i] = byte(dice.Uint32())
			}
			start := time.Now()
			var group sync.WaitGroup
			group.Go(func() {
				for rest := want; len(rest) > 0; {
					n := min(len(rest), 1+dice.IntN(4_000))
					write(t, a, rest[:n])
					rest = rest[n:]
				}
				_ = a.CloseWrite()
			})
			var got []byte
			buf := make([]byte, 3_000)
			for {
				n, err := b.Read(buf)
				got = append(got, buf[:n]...)
				moments = append(moments, time.Since(start))
				if err == io.EOF {
					break
				}
				if err != nil {
					t.Fatalf("Read: %v", err)
				}
			}
			group.Wait()
			if !bytes.Equal(got, want) {
				t.Errorf("seed %d: %d bytes arrived, not the %d that were sent", seed, len(got), len(want))
			}
		})
		return moments
	}
	one, again, other := run(1), run(1), run(2)
	if !slices.Equal(one, again) {
		t.Error("the same seed gave other moments")
	}
	if slices.Equal(one, other) {
		t.Error("another seed gave the same moments")
	}
	if took := one[len(one)-1]; took < 5*time.Second {
		t.Errorf("200 kB at 40 kB/s took %v, want at least 5 s", took)
	}
}

func TestBandwidthSerialises(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := Pipe(Line{RTT: 20 * time.Millisecond, Bandwidth: 8_000})
		start := time.Now()
		for range 4 {
			write(t, a, make([]byte, 800)) // 100 ms of line each
		}
		got := arrivals(t, b, start, 4, 800)
		for i, at := range got {
			// The first goes out alone; what is written while the line is busy is
			// joined into full segments, so only the whole has one right time.
			if i == 0 && at != 110*time.Millisecond {
				t.Errorf("first message after %v, want 110 ms", at)
			}
		}
		if last := got[3]; last != 410*time.Millisecond {
			t.Errorf("last message after %v, want 410 ms", last)
		}
	})
}

func TestScheduledStall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := Pipe(Line{RTT: 100 * time.Millisecond, StallEvery: 20 * time.Second, StallFor: time.Second})
		start := time.Now()
		go func() {
			for range 60 * 30 { // a minute at 30 a second
				write(t, a, make([]byte, 100))
				time.Sleep(time.Second / 30)
			}
		}()
		before, stalls := time.Duration(0), []time.Duration(nil)
		for _, at := range arrivals(t, b, start, 60*30, 100) {
			if gap := at - before; gap > 500*time.Millisecond {
				stalls = append(stalls, at)
				if gap > time.Second+40*time.Millisecond {
					t.Errorf("a gap of %v before %v, want about 1 s", gap, at)
				}
			}
			before = at
		}
		if want := []time.Duration{21 * time.Second, 41 * time.Second, 61 * time.Second}; !slices.Equal(stalls, want) {
			t.Errorf("stalls ended at %v, want %v", stalls, want)
		}
		synctest.Wait()
	})
}

func TestStallByHand(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := Pipe(Line{RTT: 10 * time.Millisecond})
		start := time.Now()
		write(t, a, []byte{1})
		a.Stall(time.Second)
		write(t, a, []byte{2})
		if got := arrivals(t, b, start, 2, 1); !slices.Equal(got, []time.Duration{time.Second, time.Second}) {
			t.Errorf("arrived after %v, want both after 1 s", got)
		}
	})
}

// TestLossIsHeadOfLine wants a lost segment to hold back those behind it, never
// to overtake or to lose a byte, and the delays of a thin stream to be of the
// size measured on real TCP at a round trip of 100 ms: p99 431 ms at 5 % loss,
// 907 ms at 20 %.
func TestLossIsHeadOfLine(t *testing.T) {
	for _, row := range []struct {
		loss     float64
		min, max time.Duration
	}{
		{0, 50 * time.Millisecond, 50 * time.Millisecond},
		{0.05, 250 * time.Millisecond, 650 * time.Millisecond},
		{0.20, 600 * time.Millisecond, 1400 * time.Millisecond},
	} {
		synctest.Test(t, func(t *testing.T) {
			const messages = 20_000
			a, b := Pipe(Line{RTT: 100 * time.Millisecond, Loss: row.loss, Seed: 3})
			start := time.Now()
			go func() {
				for range messages {
					write(t, a, make([]byte, 100))
					time.Sleep(33 * time.Millisecond)
				}
			}()
			late := make([]time.Duration, 0, messages)
			for i, at := range arrivals(t, b, start, messages, 100) {
				late = append(late, at-time.Duration(i)*33*time.Millisecond)
			}
			synctest.Wait()
			if p99 := percentile(late, 99); p99 < row.min || p99 > row.max {
				t.Errorf("loss %v: p99 %v, want %v to %v", row.loss, p99, row.min, row.max)
			} else {
				t.Logf("loss %v: p50 %v, p99 %v", row.loss, percentile(late, 50), p99)
			}
		})
	}
}

func percentile(d []time.Duration, p int) time.Duration {
	sorted := slices.Sorted(slices.Values(d))
	return sorted[(len(sorted)-1)*p/100]
}

func TestWindowFillsAndOpens(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := Pipe(Line{RTT: 10 * time.Millisecond, SendBuffer: 3_000, RecvBuffer: 2_000})
		_ = a.SetWriteDeadline(time.Now().Add(time.Second))
		n, err := a.Write(make([]byte, 10_000))
		if n != 5_000 || !errors.Is(err, os.ErrDeadlineExceeded) {
			t.Fatalf("Write to one who does not read: %d, %v, want 5000 and the deadline", n, err)
		}
		if got := a.Buffered(); got != 5_000 {
			t.Errorf("Buffered %d, want 5000", got)
		}
		_ = a.SetWriteDeadline(time.Time{})
		start := time.Now()
		done := make(chan time.Duration)
		go func() {
			write(t, a, make([]byte, 2_000))
			done <- time.Since(start)
		}()
		time.Sleep(time.Second)
		arrivals(t, b, start, 1, 7_000)
		// 2,000 read at 1 s; the window's news takes 5 ms, the next 2,000 bytes 5
		// ms, their acknowledgement 5 ms: only then is there room to write.
		if took := <-done; took != 1015*time.Millisecond {
			t.Errorf("Write went on after %v, want 1.015 s", took)
		}
	})
}

func TestNotSentBlocksEarlier(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, _ := Pipe(Line{Bandwidth: 1_000, NotSent: 2_000})
		write(t, a, make([]byte, 1_000)) // on the line for a second
		_ = a.SetWriteDeadline(time.Now().Add(time.Millisecond))
		if n, err := a.Write(make([]byte, 5_000)); n != 2_000 || !errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("Write: %d, %v, want 2000 and the deadline", n, err)
		}
	})
}

func TestDeadlines(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := Pipe(Line{})
		start := time.Now()
		_ = b.SetReadDeadline(start.Add(time.Second))
		_, err := b.Read(make([]byte, 1))
		if !errors.Is(err, os.ErrDeadlineExceeded) || time.Since(start) != time.Second {
			t.Errorf("Read: %v after %v, want the deadline after 1 s", err, time.Since(start))
		}
		var timeout net.Error
		if !errors.As(err, &timeout) || !timeout.Timeout() {
			t.Errorf("%v is not a time-out to net.Error", err)
		}
		write(t, a, []byte{1})
		if _, err := b.Read(make([]byte, 1)); !errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("Read after the deadline with bytes waiting: %v, want the deadline", err)
		}
		_ = b.SetReadDeadline(time.Time{})
		arrivals(t, b, start, 1, 1)

		// A deadline set from outside wakes one who already waits.
		go func() {
			time.Sleep(time.Second)
			_ = b.SetDeadline(time.Unix(1, 0))
		}()
		if _, err := b.Read(make([]byte, 1)); !errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("Read: %v, want the deadline", err)
		}
	})
}

func TestCloseIsOrderly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := Pipe(Line{RTT: 100 * time.Millisecond})
		start := time.Now()
		write(t, a, []byte("last words"))
		if err := a.Close(); err != nil {
			t.Error(err)
		}
		got, err := io.ReadAll(b)
		if string(got) != "last words" || err != nil || time.Since(start) != 50*time.Millisecond {
			t.Errorf("%q, %v after %v, want the last words after 50 ms", got, err, time.Since(start))
		}
		if _, err := a.Read(make([]byte, 1)); !errors.Is(err, net.ErrClosed) {
			t.Errorf("Read after Close: %v", err)
		}
		if _, err := a.Write([]byte{1}); !errors.Is(err, net.ErrClosed) {
			t.Errorf("Write after Close: %v", err)
		}
		if err := a.Close(); !errors.Is(err, net.ErrClosed) {
			t.Errorf("second Close: %v", err)
		}
	})
}

func TestHalfClose(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := Pipe(Line{RTT: 10 * time.Millisecond})
		if err := a.CloseWrite(); err != nil {
			t.Fatal(err)
		}
		if _, err := a.Write([]byte{1}); !errors.Is(err, syscall.EPIPE) {
			t.Errorf("Write after CloseWrite: %v, want EPIPE", err)
		}
		if _, err := b.Read(make([]byte, 1)); err != io.EOF {
			t.Errorf("Read: %v, want EOF", err)
		}
		write(t, b, []byte("still here"))
		arrivals(t, a, time.Now(), 1, 10)
	})
}

// TestResetAfterClose: bytes for one who has closed come back as a reset, which
// takes its time like everything else.
func TestResetAfterClose(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := Pipe(Line{RTT: 100 * time.Millisecond})
		_ = a.Close()
		if _, err := b.Read(make([]byte, 1)); err != io.EOF {
			t.Errorf("Read: %v, want EOF", err)
		}
		start := time.Now()
		write(t, b, []byte("anybody?"))
		time.Sleep(100*time.Millisecond - 1)
		write(t, b, []byte("not refused yet"))
		time.Sleep(time.Nanosecond)
		if _, err := b.Write([]byte{1}); !errors.Is(err, syscall.ECONNRESET) {
			t.Errorf("Write after %v: %v, want a reset", time.Since(start), err)
		}
		if _, err := b.Read(make([]byte, 1)); !errors.Is(err, syscall.ECONNRESET) {
			t.Errorf("Read: %v, want a reset", err)
		}
	})
}

func TestCutEndsBothAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := Pipe(Line{RTT: time.Second})
		write(t, a, []byte("on its way"))
		start := time.Now()
		time.AfterFunc(100*time.Millisecond, b.Cut)
		var group sync.WaitGroup
		for _, c := range []net.Conn{a, b} {
			group.Go(func() {
				if _, err := c.Read(make([]byte, 1)); !errors.Is(err, syscall.ECONNRESET) {
					t.Errorf("Read: %v, want a reset", err)
				}
				if _, err := c.Write([]byte{1}); !errors.Is(err, syscall.ECONNRESET) {
					t.Errorf("Write: %v, want a reset", err)
				}
			})
		}
		group.Wait()
		if took := time.Since(start); took != 100*time.Millisecond {
			t.Errorf("both knew after %v, want 100 ms", took)
		}
	})
}

func TestBlackholeAndHeal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := Pipe(Line{RTT: 100 * time.Millisecond, SendBuffer: 1_000})
		a.Blackhole(true)
		start := time.Now()
		_ = a.SetWriteDeadline(start.Add(time.Second))
		if n, err := a.Write(make([]byte, 3_000)); n != 1_000 || !errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("Write into the dark: %d, %v, want 1000 and the deadline", n, err)
		}
		_ = b.SetReadDeadline(start.Add(10 * time.Second))
		if _, err := b.Read(make([]byte, 1)); !errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("Read from the dark: %v, want the deadline", err)
		}
		_ = b.SetReadDeadline(time.Time{})
		a.Blackhole(false)
		if got := arrivals(t, b, start, 1, 1_000)[0]; got != 10*time.Second+50*time.Millisecond {
			t.Errorf("healed: arrived after %v, want 10.05 s", got)
		}
	})
}

func TestSetLineWhileRunning(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := Pipe(Line{RTT: 400 * time.Millisecond})
		start := time.Now()
		write(t, a, []byte{1})
		a.SetLine(Line{RTT: 20 * time.Millisecond})
		write(t, a, []byte{2})
		if got := arrivals(t, b, start, 2, 1); !slices.Equal(got, []time.Duration{200 * time.Millisecond, 200 * time.Millisecond}) {
			t.Errorf("arrived after %v: the second must not overtake the first", got)
		}
		start = time.Now()
		write(t, a, []byte{3})
		if got := arrivals(t, b, start, 1, 1)[0]; got != 10*time.Millisecond {
			t.Errorf("arrived after %v, want 10 ms", got)
		}
	})
}

func TestWritesDoNotMix(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := Pipe(Line{Bandwidth: 100_000, SendBuffer: 500, RecvBuffer: 500})
		const writers, size = 5, 4_000
		for i := range writers {
			go write(t, a, bytes.Repeat([]byte{byte(i)}, size))
		}
		got := make([]byte, size)
		for range writers {
			if _, err := io.ReadFull(b, got); err != nil {
				t.Fatal(err)
			}
			if n := bytes.Count(got, got[:1]); n != size {
				t.Errorf("%d of %d bytes are of one writer", n, size)
			}
		}
		synctest.Wait()
	})
}

func TestAddresses(t *testing.T) {
	a, b := Pipe(Line{})
	if a.LocalAddr().String() != "192.0.2.1:49152" || a.RemoteAddr().String() != "192.0.2.2:8080" {
		t.Errorf("client sees %v and %v", a.LocalAddr(), a.RemoteAddr())
	}
	moved := &net.TCPAddr{IP: net.ParseIP("2001:db8::1"), Port: 1}
	a.SetLocalAddr(moved)
	if b.RemoteAddr() != moved || b.LocalAddr().String() != "192.0.2.2:8080" {
		t.Errorf("server sees %v and %v", b.LocalAddr(), b.RemoteAddr())
	}
}

func BenchmarkEcho(b *testing.B) {
	near, far := Pipe(Line{})
	defer func() { _ = near.Close() }()
	go func() {
		_, _ = io.Copy(far, far)
		_ = far.Close()
	}()
	message := make([]byte, 64)
	for b.Loop() {
		_, _ = near.Write(message)
		_, _ = io.ReadFull(near, message)
	}
}
