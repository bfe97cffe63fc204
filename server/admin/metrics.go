package admin

import (
	"runtime"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
)

// Counts are the figures of a server at one moment. What is not said to be of now
// counts from the start and never falls.
type Counts struct {
	Version string
	Wire    int

	Players, Spectators, Bots, Rooms, Ships, Bolts int // now
	RoomsSlowed, SendRate                          int // now: rooms that send less often for want of time; the lowest rate of all, a second
	RoomsOpened, RoomsCrashed                      uint64
	FramesSent, FramesSkipped, PayloadBytes        uint64
	InputsLate, InputsDropped, ChatDropped         uint64

	Connections, Greeting, Sockets int // now: WebSockets, those not admitted yet, TCP connections
	Upgraded                       uint64
	Refused                        uint64 // handshakes
	TurnedAway                     uint64 // sockets over a cap
	Panics                         uint64 // recovered, outside rooms
	MessagesIn, MessagesOut        uint64
	BytesIn, BytesOut              uint64
	Ended                          map[uint16]uint64 // connections, by our close code; 0: any other

	FramesRestarted uint64    // that began from nothing, because too much was missed
	Changes, Whole  Histogram // bytes of frames: of those that tell only changes, of those with whole cells
	Gaps            Histogram // seconds that a frame tells of
	RTT             Histogram // seconds, as clients say
	Fields          []Spent   // bits of chunks, estimated, by what they tell
	KeyFields       []Spent   // likewise of keyframes
	Parts           []Spent   // bytes of frames, estimated, by what they are for

	Accounts    *Accounts    // nil: nothing is kept
	Certificate *Certificate // nil: none is shown
}

// Certificate is how long the game port's certificate is good for: the one of several
// that ends first.
type Certificate struct{ From, Until time.Time }

// Histogram is how many values fell into each class.
type Histogram struct {
	Bounds []float64 // the largest values of the classes but the last
	Counts []uint64  // by class
	Sum    float64   // of all values
}

func (a *Admin) newRegistry() *prometheus.Registry {
	r := prometheus.NewRegistry()
	r.MustRegister(
		collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		newPauseCollector(),
		countsCollector{a.src},
	)
	r.MustRegister(a.ticks.collectors()...)
	r.MustRegister(a.steady.collectors()...)
	return r
}

// countsCollector asks the source once for each scrape. It is an unchecked
// collector (it describes nothing beforehand): all names stand in Collect.
type countsCollector struct{ src Source }

func (countsCollector) Describe(chan<- *prometheus.Desc) {}

// Collect writes all figures. No label ever names a player or a room: their number
// has no end.
func (c countsCollector) Collect(out chan<- prometheus.Metric) {
	n := c.src.Counts()
	s := sink{out}
	s.gauge("ionwake_build_info", "1, labelled with what runs here.", 1,
		"version", n.Version, "wire", strconv.Itoa(n.Wire), "go", runtime.Version())
	s.gauge("ionwake_players", "People with a ship.", n.Players)
	s.gauge("ionwake_spectators", "People without a ship.", n.Spectators)
	s.gauge("ionwake_bots", "Bots.", n.Bots)
	s.gauge("ionwake_rooms", "Open rooms.", n.Rooms)
	s.gauge("ionwake_rooms_slowed", "Rooms that send less often than they should, for want of time.", n.RoomsSlowed)
	s.gauge("ionwake_room_send_rate_min", "Sends a second of the room that sends least often.", n.SendRate)
	s.gauge("ionwake_ships", "Ships that fly.", n.Ships)
	s.gauge("ionwake_bolts", "Bolts that fly.", n.Bolts)
	s.counter("ionwake_rooms_opened_total", "Rooms opened.", n.RoomsOpened)
	s.counter("ionwake_rooms_crashed_total", "Rooms ended by a fault of the server.", n.RoomsCrashed)
	s.counter("ionwake_frames_sent_total", "Frames handed to connections.", n.FramesSent)
	s.counter("ionwake_frames_skipped_total", "Frames left out because the one before was still on its way.", n.FramesSkipped)
	s.counter("ionwake_payload_bytes_total", "Bytes of the frames handed to connections.", n.PayloadBytes)
	s.counter("ionwake_input_late_total", "Inputs that came after their tick.", n.InputsLate)
	s.counter("ionwake_input_dropped_total", "Inputs over the limit, out of order or out of range.", n.InputsDropped)
	s.counter("ionwake_chat_dropped_total", "Lines of chat over the limit.", n.ChatDropped)
	s.frames(&n)
	s.connections(&n)
	s.accounts(n.Accounts)
	if c := n.Certificate; c != nil {
		s.put(prometheus.GaugeValue, "ionwake_certificate_start_timestamp_seconds", "When the game port's certificate began to be good, in Unix time.", float64(c.From.Unix()), nil)
		s.put(prometheus.GaugeValue, "ionwake_certificate_expiry_timestamp_seconds", "When it ends, in Unix time.", float64(c.Until.Unix()), nil)
	}
}

func (s sink) frames(n *Counts) {
	const sizes, sizesHelp = "ionwake_snapshot_bytes", "Bytes of frames: delta ones tell only what changed, full ones hold whole cells."
	s.histogram(sizes, sizesHelp, &n.Changes, "kind", "delta")
	s.histogram(sizes, sizesHelp, &n.Whole, "kind", "full")
	s.histogram("ionwake_frame_gap_seconds", "How much time a frame tells of: more than the time between two sends where a line had not taken the one before.", &n.Gaps)
	s.counter("ionwake_frames_restarted_total", "Frames that began from nothing because too much was missed.", n.FramesRestarted)
	s.histogram("ionwake_rtt_seconds", "Time to clients and back, as they say.", &n.RTT)
	s.fields("delta", n.Fields)
	s.fields("full", n.KeyFields)
	for _, c := range n.Parts {
		s.put(prometheus.CounterValue, "ionwake_frame_bytes_total",
			"Bytes of frames of all connections by what they are for; estimated from one send in 31.", c.Amount, []string{"part", c.Name})
	}
}

// fields tells bits of chunks that tell changes or whole cells.
func (s sink) fields(chunk string, all []Spent) {
	for _, c := range all {
		s.put(prometheus.CounterValue, "ionwake_belief_bits_total",
			"Bits of chunks by what they tell, each chunk counted once however many get it; estimated from one send in 31.",
			c.Amount, []string{"chunk", chunk, "kind", c.Kind, "field", c.Name})
	}
}

func (s sink) connections(n *Counts) {
	s.gauge("ionwake_connections", "WebSocket connections.", n.Connections)
	s.gauge("ionwake_connections_greeting", "WebSocket connections that have not said who they are yet.", n.Greeting)
	s.gauge("ionwake_sockets", "TCP connections of the game port.", n.Sockets)
	s.counter("ionwake_connections_total", "WebSocket handshakes that succeeded.", n.Upgraded)
	const refused, refusedHelp = "ionwake_refused_total", "Connections refused: handshakes answered with an HTTP error, sockets over a cap."
	s.counter(refused, refusedHelp, n.Refused, "at", "handshake")
	s.counter(refused, refusedHelp, n.TurnedAway, "at", "socket")
	s.counter("ionwake_panics_total", "Faults of the server outside rooms, each survived.", n.Panics)
	const messages, messagesHelp = "ionwake_ws_messages_total", "WebSocket messages."
	s.counter(messages, messagesHelp, n.MessagesIn, "dir", "in")
	s.counter(messages, messagesHelp, n.MessagesOut, "dir", "out")
	const bytes, bytesHelp = "ionwake_ws_bytes_total", "Payload bytes of WebSocket messages."
	s.counter(bytes, bytesHelp, n.BytesIn, "dir", "in")
	s.counter(bytes, bytesHelp, n.BytesOut, "dir", "out")
	for code, times := range n.Ended {
		s.counter("ionwake_disconnect_total", "Connections ended, by close code.", times, "code", strconv.Itoa(int(code)))
	}
}

// sink takes metrics whose labels are given as name, value, name, value.
type sink struct{ out chan<- prometheus.Metric }

func (s sink) gauge(name, help string, value int, labels ...string) {
	s.put(prometheus.GaugeValue, name, help, float64(value), labels)
}

func (s sink) counter(name, help string, value uint64, labels ...string) {
	s.put(prometheus.CounterValue, name, help, float64(value), labels)
}

func (s sink) put(kind prometheus.ValueType, name, help string, value float64, labels []string) {
	desc, values := described(name, help, labels)
	s.out <- prometheus.MustNewConstMetric(desc, kind, value, values...)
}

func (s sink) histogram(name, help string, h *Histogram, labels ...string) {
	desc, values := described(name, help, labels)
	count, buckets := uint64(0), make(map[float64]uint64, len(h.Bounds))
	for class, n := range h.Counts {
		count += n
		if class < len(h.Bounds) {
			buckets[h.Bounds[class]] = count
		}
	}
	s.out <- prometheus.MustNewConstHistogram(desc, count, h.Sum, buckets, values...)
}

func described(name, help string, labels []string) (desc *prometheus.Desc, values []string) {
	var names []string
	for i := 0; i < len(labels); i += 2 {
		names, values = append(names, labels[i]), append(values, labels[i+1])
	}
	return prometheus.NewDesc(name, help, names, nil), values
}
