package view

import (
	"errors"
	"fmt"
	"os"
	"testing"

	"github.com/hajimehoshi/ebiten/v2"
)

// onScreen tells that the tests run inside a running game, where pictures can be
// read back.
var onScreen bool

// TestMain runs the tests inside a game if there is a display, and without one
// otherwise: only the tests that look at pictures need it.
func TestMain(m *testing.M) {
	if os.Getenv("DISPLAY") == "" {
		os.Exit(m.Run())
	}
	onScreen = true
	host := &testHost{m: m}
	ebiten.SetWindowSize(320, 180)
	if err := ebiten.RunGame(host); err != nil && !errors.Is(err, ebiten.Termination) {
		fmt.Fprintln(os.Stderr, "running the tests' window:", err)
		os.Exit(1)
	}
	os.Exit(host.code)
}

type testHost struct {
	m    *testing.M
	code int
}

func (h *testHost) Update() error {
	h.code = h.m.Run()
	return ebiten.Termination
}
func (h *testHost) Draw(*ebiten.Image)         {}
func (h *testHost) Layout(w, t int) (int, int) { return w, t }
