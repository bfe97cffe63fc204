package link

import "sync"

// Buffers of received messages are used again, as far as they are small.
const (
	spareBuffers   = 32
	spareCapacity  = 16 << 10
	smallestBuffer = 512
)

// inbox is the bounded queue between whoever hears the socket and the owner who
// polls it. The hearing side is one goroutine, the polling side another.
type inbox struct {
	mu     sync.Mutex
	queue  []Event // queue[head:] waits
	head   int
	count  int      // messages that wait
	bytes  int      // and their bytes
	spare  [][]byte // buffers to use again
	lent   []byte   // the Data of the last Message polled
	closed bool     // Closed is queued or polled; nothing comes after it
}

// buffer gives room for a message of n bytes, or nil when the inbox is full.
func (b *inbox) buffer(n int) []byte {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.count >= MaxQueued || b.bytes+n > MaxQueuedBytes {
		return nil
	}
	for i := len(b.spare) - 1; i >= 0; i-- {
		if buf := b.spare[i]; cap(buf) >= n {
			b.spare[i] = b.spare[len(b.spare)-1]
			b.spare = b.spare[:len(b.spare)-1]
			return buf[:n]
		}
	}
	return make([]byte, n, max(n, smallestBuffer))
}

// put queues an event. After Closed it drops everything: the owner has been told
// that nothing comes.
func (b *inbox) put(ev Event) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closed {
		return
	}
	if b.head > 0 && len(b.queue) == cap(b.queue) {
		n := copy(b.queue, b.queue[b.head:])
		clear(b.queue[n:])
		b.queue, b.head = b.queue[:n], 0
	}
	b.queue = append(b.queue, ev)
	b.weigh(ev, 1)
	b.closed = ev.Kind == Closed
}

// poll takes the next event and gets back the Data of the one before.
func (b *inbox) poll() (Event, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.recycle()
	if b.head == len(b.queue) {
		return Event{}, false
	}
	ev := b.queue[b.head]
	b.queue[b.head] = Event{}
	if b.head++; b.head == len(b.queue) {
		b.queue, b.head = b.queue[:0], 0
	}
	b.weigh(ev, -1)
	b.lent = ev.Data
	return ev, true
}

// weigh counts an event in or out.
func (b *inbox) weigh(ev Event, sign int) {
	if ev.Kind == Message {
		b.count += sign
		b.bytes += sign * len(ev.Data)
	}
}

func (b *inbox) recycle() {
	if b.lent != nil && cap(b.lent) <= spareCapacity && len(b.spare) < spareBuffers {
		b.spare = append(b.spare, b.lent)
	}
	b.lent = nil
}
