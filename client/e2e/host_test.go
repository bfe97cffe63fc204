package e2e

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"ionwake/assets"
	"ionwake/server/gate"
	"ionwake/server/ground"
	"ionwake/server/hall"
	"ionwake/server/page"
	"ionwake/server/room"
	"ionwake/shared/sim"
)

// startHost serves the game from within the test, with rules of the test's own:
// matches that last seconds. It returns the page's address.
func startHost(t *testing.T, cfg room.Config) string {
	t.Helper()
	serverProgram(t) // builds the web client
	grounds, err := ground.Open(ground.Config{Shipped: assets.Maps})
	if err != nil {
		t.Fatalf("open the maps: %v", err)
	}
	front, err := page.New(os.DirFS(filepath.Join(root, "assets", "web")), page.Config{
		Name: "Test", Sound: os.DirFS(filepath.Join(root, "assets", "sound")),
	})
	if err != nil {
		t.Fatalf("prepare the page: %v", err)
	}
	rooms := hall.New(hall.Config{Open: func(name string) room.Config {
		c := cfg
		c.Name = name
		return c
	}})
	door := gate.New(gate.Config{Accept: func(c *gate.Conn, r *http.Request) gate.Peer {
		return rooms.Welcome(c, r.URL.Query().Get("room"))
	}})
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/play":
			door.ServeHTTP(w, r)
		case strings.HasPrefix(r.URL.Path, ground.Path):
			grounds.ServeHTTP(w, r)
		default:
			front.ServeHTTP(w, r)
		}
	}))
	plain := server.Listener
	server.Config = door.Server(server.Config.Handler)
	server.Listener = door.Listen(plain)
	server.Start()
	ctx, stop := context.WithCancel(context.Background())
	var ticking sync.WaitGroup
	ticking.Go(func() { _ = rooms.Run(ctx) }) // its error is that it was told to stop
	t.Cleanup(func() {
		server.Listener.Close()
		stop()
		ticking.Wait()
		server.CloseClientConnections()
	})
	return "http://" + plain.Addr().String() + "/"
}

// shipped returns a map that comes with the program, to be played by rules.
func shipped(t *testing.T, name, mode string, rules *sim.Rules) room.Ground {
	t.Helper()
	data, err := assets.Maps.ReadFile("maps/" + name + ".arena")
	if err != nil {
		t.Fatal(err)
	}
	arena, err := sim.ParseArena(data)
	if err != nil {
		t.Fatalf("read the map %s: %v", name, err)
	}
	m, ok := sim.ModeByName(mode)
	if !ok {
		t.Fatalf("there is no mode %s", mode)
	}
	return room.Ground{Arena: arena, Mode: m, Rules: rules}
}
