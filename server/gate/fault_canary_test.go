package gate

import (
	"encoding/binary"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// poison is what lies in a buffer that nobody has lent to a connection.
const poison = 0xDB

// fillCanary makes of buf a message that only one player may ever see, of a number and a length.
func fillCanary(buf []byte, player, number uint32) {
	binary.LittleEndian.PutUint32(buf, player)
	binary.LittleEndian.PutUint32(buf[4:], number)
	for i := range buf[8:] {
		buf[8+i] = byte(uint32(i)*31+number*7+player*13) &^ 0x40 // so that no byte of it is poison
	}
}

// singsAs reports whether a message is one of a player's, whole, and its number.
func singsAs(data []byte, player uint32) (number uint32, ok bool) {
	if len(data) < 8 || binary.LittleEndian.Uint32(data) != player {
		return 0, false
	}
	number = binary.LittleEndian.Uint32(data[4:])
	want := make([]byte, len(data))
	fillCanary(want, player, number)
	return number, string(want) == string(data)
}

// bird is a player whose bytes are marked, both ways.
type bird struct {
	*testPeer
	id    uint32
	buf   []byte // lent to the connection while a frame is in flight, poisoned as soon as it is not
	sent  uint32
	heard atomic.Uint32
	wrong atomic.Uint32
}

// sing hands over one more frame if none is in flight.
func (b *bird) sing(dice *rand.Rand) {
	if !b.c.Ready() {
		return
	}
	for i := range b.buf {
		b.buf[i] = poison
	}
	size := 8 + dice.IntN(120)
	switch dice.IntN(10) {
	case 0:
		size = 8 + dice.IntN(len(b.buf)-8)
	case 1, 2:
		size = smallFrame - 20 + dice.IntN(40)
	}
	frame := b.buf[:size]
	fillCanary(frame, b.id, b.sent+1)
	if b.c.Send(frame) {
		b.sent++
	}
}

// Every player gets bytes of its own alone, whole and in order, and so does the server from each, however fast or slowly they read, while every buffer is poisoned
// the moment that it is given back.
func TestFault_F22_CanaryForEachPlayer(t *testing.T) {
	onEachPath(t, testFault_F22_CanaryForEachPlayer)
}

func testFault_F22_CanaryForEachPlayer(t *testing.T, start starter) {
	const players, slow = 20, 6
	var mu sync.Mutex
	var birds []*bird
	s := &testServer{}
	started := start(t, Config{MessageRate: 10_000, ByteRate: 1 << 26, SlowAfter: patience, Accept: func(c *Conn, r *http.Request) Peer {
		b := &bird{testPeer: s.keep(newPeer(c)), buf: make([]byte, 20<<10)}
		b.id = binary.BigEndian.Uint32([]byte(r.Header.Get("X-Id")))
		b.does(func(data []byte) error {
			if n, ok := singsAs(data, b.id); !ok || n != b.heard.Load()+1 {
				b.wrong.Add(1)
			} else {
				b.heard.Store(n)
			}
			return nil
		})
		mu.Lock()
		birds = append(birds, b)
		mu.Unlock()
		return b
	}})
	s.gate, s.addr = started.gate, started.addr
	var flock sync.WaitGroup
	var frames, bad atomic.Int64
	var conns []net.Conn
	for i := range players {
		id := uint32('A'+i)<<24 | 0x303030
		conn := s.dial(t, "")
		conns = append(conns, conn)
		if i < slow {
			_ = conn.(*net.TCPConn).SetReadBuffer(2 << 10)
		}
		c, _ := shake(t, conn, upgradeRequest("Sec-WebSocket-Protocol: "+Subprotocol, "X-Id: "+string(binary.BigEndian.AppendUint32(nil, id))))
		flock.Go(func() { speak(conn, id) })
		flock.Go(func() { listen(c, id, i < slow, &frames, &bad) })
	}
	eventually(t, "all are in", func() bool { mu.Lock(); defer mu.Unlock(); return len(birds) == players })
	dice := rand.New(rand.NewPCG(22, 7))
	for end := time.Now().Add(1500 * time.Millisecond); time.Now().Before(end); time.Sleep(time.Millisecond) {
		for _, b := range birds {
			b.sing(dice)
		}
	}
	for _, c := range conns {
		_ = c.Close()
	}
	flock.Wait()
	heard := 0
	for _, b := range birds {
		heard += int(b.heard.Load())
		if n := b.wrong.Load(); n > 0 || b.sent < 10 || b.heard.Load() == 0 {
			t.Errorf("player %x: %d frames sent, %d messages heard, %d of them not its own", b.id, b.sent, b.heard.Load(), n)
		}
	}
	t.Logf("%d frames, %d messages", frames.Load(), heard)
	if bad.Load() > 0 || frames.Load() < 1000 {
		t.Errorf("%d of %d frames are not their reader's own, whole and in order", bad.Load(), frames.Load())
	}
}

// speak sends marked messages until the connection ends.
func speak(conn net.Conn, id uint32) {
	dice := rand.New(rand.NewPCG(uint64(id), 3))
	for n := uint32(1); ; n++ {
		data := make([]byte, 8+dice.IntN(800))
		fillCanary(data, id, n)
		if _, err := conn.Write(binaryFrame(data)); err != nil {
			return
		}
		time.Sleep(time.Duration(dice.IntN(4)) * time.Millisecond)
	}
}

// listen reads frames until the connection ends, slowly and by the byte if so wished.
func listen(c *rawClient, id uint32, slowly bool, frames, bad *atomic.Int64) {
	if slowly {
		c.br.Reset(&drip{c.Conn})
	}
	last := uint32(0)
	for {
		op, data, err := c.next()
		if err != nil {
			return
		}
		if op != opBinary {
			continue
		}
		frames.Add(1)
		n, ok := singsAs(data, id)
		if !ok || n != last+1 {
			bad.Add(1)
		}
		last = n
	}
}

// drip reads little at a time.
type drip struct{ r io.Reader }

func (d *drip) Read(p []byte) (int, error) {
	time.Sleep(200 * time.Microsecond)
	return d.r.Read(p[:min(len(p), 300)])
}
