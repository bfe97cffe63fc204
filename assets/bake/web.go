package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"ionwake/assets/dist"
)

// webBuild is what a build of the browser's client depends on.
type webBuild struct {
	client  string // package of the client's main
	dir     string // where the build goes
	quality int    // of brotli, 0 to 11
	out     io.Writer
}

// The brotli qualities that matter here. 9 takes some 5 s and comes out about
// 16 % bigger than 11, which takes over a minute.
const (
	qualityPlay = 9
	qualityBest = 11
)

func webFlags(name string, args []string, out io.Writer) (webBuild, error) {
	b := webBuild{out: out}
	flags := flag.NewFlagSet(name, flag.ContinueOnError)
	flags.SetOutput(out)
	flags.IntVar(&b.quality, "quality", qualityPlay, "brotli quality, 0 to 11: 9 for play, 11 for a release; a better build that is there already is kept")
	flags.StringVar(&b.client, "client", "./client", "package of the client's main")
	flags.StringVar(&b.dir, "dir", filepath.Join("assets", "web", dist.Dir), "where the build goes")
	if err := flags.Parse(args); err != nil {
		return b, fmt.Errorf("%w: %w", errBad, err)
	}
	// What was there is removed, so a slip of the hand must not name a folder of
	// another kind.
	if filepath.Base(b.dir) != dist.Dir {
		return b, fmt.Errorf("%w: the build goes into a folder named %s, not %s", errBad, dist.Dir, b.dir)
	}
	if b.quality < 0 || b.quality > qualityBest {
		return b, fmt.Errorf("%w: brotli quality %d is not in 0 to %d", errBad, b.quality, qualityBest)
	}
	return b, nil
}

// web builds the client for browsers and packs it for serving.
func web(args []string, out io.Writer) error {
	b, err := webFlags("web", args, out)
	if err != nil {
		return err
	}
	_, err = b.run()
	return err
}

// run returns the manifest of a build that is up to date when it returns.
func (b webBuild) run() (dist.Manifest, error) {
	fmt.Fprintln(b.out, "web: compiling the client for browsers (the first time takes a while)")
	wasm, err := b.compile()
	if err != nil {
		return dist.Manifest{}, err
	}
	script, err := support()
	if err != nil {
		return dist.Manifest{}, err
	}
	return b.pack(wasm, script)
}

// compile returns the client as a WebAssembly module. Neither a build id nor
// the state of the repository goes into it: the same sources give the same
// bytes, so an unchanged client keeps its name in browsers' caches.
func (b webBuild) compile() ([]byte, error) {
	dir, err := os.MkdirTemp("", "ionwake-web-")
	if err != nil {
		return nil, fmt.Errorf("make room for the client: %w", err)
	}
	defer os.RemoveAll(dir)
	target := filepath.Join(dir, "client.wasm")
	build := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-ldflags", "-s -w -buildid=", "-o", target, b.client)
	build.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0")
	build.Stdout, build.Stderr = b.out, b.out
	if err := build.Run(); err != nil {
		return nil, fmt.Errorf("compile %s for browsers: %w", b.client, err)
	}
	wasm, err := os.ReadFile(target)
	if err != nil {
		return nil, fmt.Errorf("read the compiled client: %w", err)
	}
	return wasm, nil
}

// support returns the script that the compiling Go release wants beside its
// modules.
func support() ([]byte, error) {
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return nil, fmt.Errorf("ask for Go's folder: %w", err)
	}
	script, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "wasm_exec.js"))
	if err != nil {
		return nil, fmt.Errorf("read Go's support script: %w", err)
	}
	return script, nil
}

// sizeLimit is the most that a browser may have to fetch before the first
// frame, in bytes of brotli: 3.6 s at 10 Mbit/s.
const sizeLimit = 4_500_000

// size builds the client for browsers, prints what it weighs, and fails above
// the limit. A lower quality than 11 that stays below the limit settles it,
// since 11 is smaller still; otherwise 11 is asked.
func size(args []string, out io.Writer) error {
	b, err := webFlags("size", args, out)
	if err != nil {
		return err
	}
	m, err := b.run()
	if err != nil {
		return err
	}
	if m.Wasm.Br > sizeLimit && m.Quality < qualityBest {
		fmt.Fprintf(out, "size: %s of brotli at quality %d; asking quality %d\n", megabytes(m.Wasm.Br), m.Quality, qualityBest)
		b.quality = qualityBest
		if m, err = b.run(); err != nil {
			return err
		}
	}
	fmt.Fprintf(out, "size: raw %s  brotli %s at quality %d  limit %s (%d %% used)\n",
		megabytes(m.Wasm.Raw), megabytes(m.Wasm.Br), m.Quality, megabytes(sizeLimit), m.Wasm.Br*100/sizeLimit)
	if m.Wasm.Br > sizeLimit {
		return errors.New("the browser's client is over its limit: see what was added with 'go list -deps' and GOOS=js GOARCH=wasm")
	}
	return nil
}

func megabytes(n int64) string { return fmt.Sprintf("%.2f MB", float64(n)/1e6) }
