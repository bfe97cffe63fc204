package lab

import (
	"bytes"
	"io"
	"math/rand/v2"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// TestRandomLines plays a hundred random lines, with stalls, blackouts and
// changes of the line under way, and wants both streams whole. A waiter who is
// forgotten would be a deadlock, which the bubble reports.
func TestRandomLines(t *testing.T) {
	for seed := range uint64(100) {
		synctest.Test(t, func(t *testing.T) {
			dice := rand.New(rand.NewPCG(seed, 1))
			client, server := Pipe(randomLine(dice, seed))
			var group sync.WaitGroup
			for _, pair := range [][2]*Conn{{client, server}, {server, client}} {
				want := make([]byte, 1+dice.IntN(50_000))
				for i := range want {
					want[i] = byte(dice.Uint32())
				}
				own := rand.New(rand.NewPCG(seed, uint64(pair[0].side)+2))
				group.Go(func() { talk(t, pair[0], want, own) })
				group.Go(func() {
					if got, err := io.ReadAll(pair[1]); err != nil || !bytes.Equal(got, want) {
						t.Errorf("seed %d: %d bytes, %v, want the %d sent", seed, len(got), err, len(want))
					}
				})
			}
			group.Go(func() { meddle(client, dice, seed) })
			group.Wait()
			_, _ = client.Close(), server.Close()
		})
	}
}

func randomLine(dice *rand.Rand, seed uint64) Line {
	return Line{
		RTT:        time.Duration(dice.Int64N(int64(500 * time.Millisecond))),
		Jitter:     time.Duration(dice.Int64N(int64(100 * time.Millisecond))),
		Loss:       dice.Float64() * 0.3,
		Bandwidth:  dice.IntN(2) * (1_000 + dice.IntN(100_000)),
		StallEvery: time.Duration(dice.IntN(3)) * time.Second, StallFor: 300 * time.Millisecond,
		SendBuffer: 1 + dice.IntN(10_000), NotSent: dice.IntN(3_000), RecvBuffer: 1 + dice.IntN(10_000),
		Seed: seed,
	}
}

// talk writes in random pieces with random pauses, then ends the stream.
func talk(t *testing.T, conn *Conn, p []byte, dice *rand.Rand) {
	for len(p) > 0 {
		n := min(len(p), 1+dice.IntN(3_000))
		write(t, conn, p[:n])
		p = p[n:]
		time.Sleep(time.Duration(dice.Int64N(int64(20 * time.Millisecond))))
	}
	_ = conn.CloseWrite()
}

// meddle does what a hand on the line may do, except breaking it.
func meddle(conn *Conn, dice *rand.Rand, seed uint64) {
	for range 5 {
		time.Sleep(time.Duration(dice.Int64N(int64(time.Second))))
		switch dice.IntN(3) {
		case 0:
			conn.Stall(time.Second)
		case 1:
			conn.Blackhole(true)
			time.Sleep(2 * time.Second)
			conn.Blackhole(false)
		case 2:
			conn.SetLine(randomLine(dice, seed))
		}
	}
}
