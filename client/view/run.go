package view

import (
	"errors"
	"fmt"

	"github.com/hajimehoshi/ebiten/v2"
)

// Run opens the window, or takes over the page, and plays until the player
// closes it. It must be called from the program's main goroutine.
func Run(cfg Config) error {
	ebiten.SetWindowTitle("Ionwake")
	ebiten.SetWindowSize(int(viewWidth), int(viewHeight))
	ebiten.SetWindowResizingMode(ebiten.WindowResizingModeEnabled)
	ebiten.SetTPS(ebiten.SyncWithFPS) // one Update for each frame: see Game
	err := ebiten.RunGameWithOptions(New(cfg), &ebiten.RunGameOptions{X11ClassName: "ionwake", X11InstanceName: "ionwake"})
	if err != nil && !errors.Is(err, ebiten.Termination) {
		return fmt.Errorf("running the game's window: %w", err)
	}
	return nil
}
