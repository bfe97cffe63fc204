package lab_test

import (
	"context"
	"net"
	"net/http"
	"os"
	"os/exec"
	"testing"
	"time"

	"ionwake/assets"
	"ionwake/client/depot"
	"ionwake/client/session"
	"ionwake/server/gate"
	"ionwake/server/hall"
	"ionwake/server/room"
	"ionwake/shared/bot"
	"ionwake/shared/sim"
)

// kernelLine is a bad line that the kernel makes, in a network namespace of its own.
type kernelLine struct {
	name    string
	tool    string        // a program without which there is no such line
	shape   string        // shell words that make the line bad
	least   float64       // frames a second
	backlog time.Duration // as the round trip shows it; 0: packets lost have their own delay
}

const dropped = `nft add table ip bad && nft add chain ip bad out '{ type filter hook output priority 0; }' && nft add rule ip bad out numgen random mod 100 lt `

// The loopback device carries both directions: a line of 64 kbit/s each way is one of
// twice that. 2 s of buffer are what cheap routers have.
var (
	loss5    = kernelLine{"5 % loss", "nft", dropped + "5 drop", 20, 0}
	loss20   = kernelLine{"20 % loss", "nft", dropped + "20 drop", 5, 0}
	narrow   = kernelLine{"64 kbit/s", "tc", "tc qdisc add dev lo root tbf rate 128kbit burst 1600 latency 2s", 10, 250 * time.Millisecond}
	smallMTU = kernelLine{"packets of 1,280 bytes", "ip", "ip link set dev lo mtu 1280", 28, 100 * time.Millisecond}
)

// insideVariable tells a test that it runs inside its namespace.
const insideVariable = "IONWAKE_LAB_LINE"

// These play over TCP of the real kernel, for some seconds of real time.

func TestFault_N2_KernelLoss(t *testing.T)     { loss5.test(t) }
func TestFault_N2_KernelHighLoss(t *testing.T) { loss20.test(t) }
func TestFault_N5_KernelNarrow(t *testing.T)   { narrow.test(t) }
func TestFault_N15_SmallPackets(t *testing.T)  { smallMTU.test(t) }

// test runs the test once more, inside a namespace with the line.
func (l kernelLine) test(t *testing.T) {
	if os.Getenv(insideVariable) != "" {
		l.play(t)
		return
	}
	if testing.Short() || os.Getuid() != 0 {
		t.Skip("a network namespace needs root")
	}
	for _, program := range []string{"unshare", "ip", l.tool} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("there is no %s here", program)
		}
	}
	if err := exec.Command("unshare", "-n", "true").Run(); err != nil {
		t.Skipf("no network namespaces here: %v", err)
	}
	t.Parallel()
	cmd := exec.Command("unshare", "-n", "sh", "-c", "ip link set dev lo mtu 1500 up && "+l.shape+` && exec "$0" "$@"`,
		os.Args[0], "-test.run", "^"+t.Name()+"$", "-test.v")
	cmd.Env = append(os.Environ(), insideVariable+"=1")
	out, err := cmd.CombinedOutput()
	t.Logf("%s: %s", l.name, out)
	if err != nil {
		t.Errorf("%s: %v", l.name, err)
	}
}

// play lets one pilot fight 63 bots over the loopback device.
func (l kernelLine) play(t *testing.T) {
	h := hall.New(hall.Config{Drivers: 1, Open: func(name string) room.Config {
		return room.Config{Name: name, Arena: arena(t, "foundry"), Bots: 64, Rules: &sim.Rules{Warmup: 1, Live: 1 << 30}, Seed: 5}
	}})
	g := gate.New(gate.Config{Accept: func(c *gate.Conn, r *http.Request) gate.Peer { return h.Welcome(c, "") }})
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = h.Run(ctx)
	}()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := g.Server(g)
	go func() { _ = server.Serve(g.Listen(ln)) }()

	start := time.Now()
	p := &player{
		m:     &match{t: t, start: start, truth: newTruth(start)},
		ses:   session.New(session.Config{Depot: depot.New(depot.Config{Shipped: assets.Maps}), Seed: 5}),
		pilot: bot.New(5, bot.Medium),
	}
	p.ses.Play("Pilot", session.Place{URL: "ws://" + ln.Addr().String() + "/play"})
	var rtt spread
	before := p.net()
	const rest, most = 3 * time.Second, 40 * time.Second
	settled, end, in := rest, 3*rest, false
	for p.m.now() < end {
		// A line that loses much may take several tries to come in.
		if in = in || p.stage() == session.Playing; !in && p.m.now() < most {
			settled, end = p.m.now()+rest, p.m.now()+3*rest
		}
		time.Sleep(time.Second / sim.TickRate)
		p.frame()
		if p.m.now() < settled {
			before = p.net()
			continue
		}
		rtt.addTime(p.net().RTT)
	}
	n := p.net()
	rate := float64(n.FramesIn-before.FramesIn) / (end - settled).Seconds()
	t.Logf("%.1f frames a second, %d left out, round trip %s ms, %d of %d frames told of late inputs",
		rate, n.FramesSkipped, rtt.whole(), n.Late, n.Judged)
	if p.stage() != session.Playing || n.StateMismatches+n.Mispredictions > 0 {
		t.Errorf("%+v: %d states other than the server's, %d moves unexplained", p.ses.Status(p.m.now()), n.StateMismatches, n.Mispredictions)
	}
	if rate < l.least {
		t.Errorf("%.1f frames a second, want at least %.0f", rate, l.least)
	}
	if limit := float64(l.backlog.Milliseconds()); limit > 0 && rtt.at(0.95) > limit {
		t.Errorf("a round trip of %s ms, want at most %.0f: frames wait", rtt.whole(), limit)
	}
	p.ses.Leave()
	cancel()
	<-done
	_ = server.Close()
}
