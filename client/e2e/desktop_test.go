package e2e

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// clientBuild is the real desktop client.
var clientBuild struct {
	once sync.Once
	err  error
}

func clientProgram(t *testing.T) string {
	t.Helper()
	target := filepath.Join(programs.dir, "ionwake")
	clientBuild.once.Do(func() {
		clientBuild.err = goTool(context.Background(), []string{"CGO_ENABLED=0"}, "build", "-o", target, "./client")
	})
	if clientBuild.err != nil {
		t.Fatalf("build the desktop client: %v", clientBuild.err)
	}
	return target
}

// display is a screen in memory. Its pixels lie in a file, so pictures need no
// other program.
type display struct {
	name   string // for DISPLAY
	pixels string // a file in XWD form
}

// newDisplay starts an X server with a screen of the given size in pixels. It
// ends with the test.
func newDisplay(t *testing.T, width, height int) display {
	t.Helper()
	path, err := exec.LookPath("Xvfb")
	if err != nil {
		lack(t, "Xvfb")
	}
	dir := t.TempDir()
	// Xvfb looks for a free number itself and writes it to a pipe.
	numberOut, numberIn, err := os.Pipe()
	if err != nil {
		t.Fatalf("make a pipe for the display's number: %v", err)
	}
	defer numberOut.Close()
	cmd := exec.Command(path, "-displayfd", "3", "-screen", "0", fmt.Sprintf("%dx%dx24", width, height),
		"-fbdir", dir, "-r", "-nolisten", "tcp", "+extension", "GLX")
	cmd.ExtraFiles = []*os.File{numberIn}
	err = cmd.Start()
	numberIn.Close()
	if err != nil {
		t.Fatalf("start Xvfb: %v", err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill() // it may have ended already
		_ = cmd.Wait()         // killed: an error that says so
	})
	var number int
	if err := numberOut.SetReadDeadline(time.Now().Add(patience)); err != nil {
		t.Fatalf("limit the wait for the display: %v", err)
	}
	if _, err := fmt.Fscan(numberOut, &number); err != nil {
		t.Fatalf("wait for the display: %v", err)
	}
	return display{name: fmt.Sprintf(":%d", number), pixels: filepath.Join(dir, "Xvfb_screen0")}
}

// screenshot keeps what the display shows among the artifacts.
func (d display) screenshot(t *testing.T, name string) []byte {
	t.Helper()
	raw, err := os.ReadFile(d.pixels)
	if err != nil {
		t.Fatalf("read the display: %v", err)
	}
	picture, err := decodeXWD(raw)
	if err != nil {
		t.Fatalf("read the display: %v", err)
	}
	var out bytes.Buffer
	if err := png.Encode(&out, picture); err != nil {
		t.Fatalf("encode screenshot %s: %v", name, err)
	}
	if err := os.WriteFile(artifact(t, name), out.Bytes(), 0o644); err != nil {
		t.Fatalf("keep screenshot %s: %v", name, err)
	}
	return out.Bytes()
}

// decodeXWD reads an X window dump of 32 bits a pixel, least significant byte
// first: a header of big-endian words (X11/XWDFile.h), a table of colours of 12
// bytes each, the rows.
func decodeXWD(raw []byte) (image.Image, error) {
	const words = 25
	if len(raw) < 4*words {
		return nil, errors.New("a window dump without a header")
	}
	word := func(i int) int { return int(binary.BigEndian.Uint32(raw[4*i:])) }
	headerSize, width, height := word(0), word(4), word(5)
	bits, rowSize, colours := word(11), word(12), word(19)
	start := headerSize + 12*colours
	if bits != 32 || len(raw) < start+rowSize*height || rowSize < 4*width {
		return nil, fmt.Errorf("a window dump of %d bits, %d x %d, in %d bytes", bits, width, height, len(raw))
	}
	picture := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		row := raw[start+y*rowSize:]
		for x := range width {
			picture.SetRGBA(x, y, color.RGBA{row[4*x+2], row[4*x+1], row[4*x], 255})
		}
	}
	return picture, nil
}

// desktop is a desktop program that runs on a display of its own.
type desktop struct {
	t       *testing.T
	display display
	home    string // folder of settings and data
	cmd     *exec.Cmd
	done    chan error

	mu     sync.Mutex
	output bytes.Buffer
}

// Write takes what the program prints.
func (d *desktop) Write(p []byte) (int, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.output.Write(p)
}

// printed returns what the program has printed so far.
func (d *desktop) printed() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.output.String()
}

// startDesktop runs a program on a new display, with sound that goes nowhere.
func startDesktop(t *testing.T, program string, args ...string) *desktop {
	t.Helper()
	return startDesktopAt(t, t.TempDir(), program, args...)
}

// startDesktopAt is startDesktop for somebody whose settings are in a folder already.
func startDesktopAt(t *testing.T, home, program string, args ...string) *desktop {
	t.Helper()
	d := &desktop{t: t, display: newDisplay(t, 1280, 720), home: home, done: make(chan error, 1)}
	silence := filepath.Join(home, "asound.conf")
	if err := os.WriteFile(silence, []byte("pcm.!default { type null }\nctl.!default { type null }\n"), 0o644); err != nil {
		t.Fatalf("silence the sound: %v", err)
	}
	d.cmd = exec.Command(program, args...)
	d.cmd.Env = append(os.Environ(), "DISPLAY="+d.display.name, "ALSA_CONFIG_PATH="+silence, "HOME="+home, "XDG_CONFIG_HOME="+home, "XDG_DATA_HOME="+home)
	d.cmd.Stdout, d.cmd.Stderr = d, d
	if err := d.cmd.Start(); err != nil {
		t.Fatalf("start %s: %v", program, err)
	}
	go func() { d.done <- d.cmd.Wait() }() // ends with the program
	t.Cleanup(func() {
		_ = d.cmd.Process.Kill() // it may have ended already
		if err := <-d.done; err == nil && t.Failed() {
			t.Log("the program had ended by itself")
		}
		if t.Failed() {
			said := d.printed()
			t.Logf("%s printed:\n...%s", filepath.Base(program), said[max(0, len(said)-4000):])
		}
	})
	return d
}

// awaitPrinted waits until the program has printed want.
func (d *desktop) awaitPrinted(want string) {
	d.t.Helper()
	end := time.Now().Add(patience)
	for !strings.Contains(d.printed(), want) {
		select {
		case err := <-d.done:
			d.done <- err
			d.t.Fatalf("the program ended (%v) without printing %q", err, want)
		case <-time.After(50 * time.Millisecond):
		}
		if time.Now().After(end) {
			d.t.Fatalf("the program did not print %q in %v", want, patience)
		}
	}
}

// reported returns the newest figures of a program started with --report.
func (d *desktop) reported() (st stats) {
	lines := strings.Split(strings.TrimSpace(d.printed()), "\n")
	_ = json.Unmarshal([]byte(lines[len(lines)-1]), &st) // a line half printed: the zero stats
	return st
}

func (d *desktop) whereIs(id int) place { return d.reported().ship(id) }

// awaitReport waits until ok says yes to the newest figures.
func (d *desktop) awaitReport(what string, ok func(stats) bool) {
	d.t.Helper()
	end := time.Now().Add(patience)
	for !ok(d.reported()) {
		if time.Now().After(end) {
			d.t.Fatalf("waited %v for %s; reported %+v", patience, what, d.reported())
		}
		time.Sleep(100 * time.Millisecond)
	}
}

// The harness itself: a program draws on a display, and the picture is taken.
func TestDesktopDisplay(t *testing.T) {
	d := startDesktop(t, toyDesktop(t))
	d.awaitPrinted("frames are drawn")
	shot := d.display.screenshot(t, "toy.png")
	if !hasColour(t, shot, color.RGBA{61, 245, 255, 255}) {
		t.Error("the ship is not in the picture")
	}
}
