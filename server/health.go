package main

import (
	"context"
	"fmt"
	"net/http"
	"time"
)

// healthFlags are the flags of healthcheck.
type healthFlags struct {
	Config      string `help:"File of settings of the server." placeholder:"FILE"`
	AdminListen string `help:"Address of the host's port, as given to serve." default:"127.0.0.1:8081" placeholder:"ADDR"`
}

// healthTimeout is how long an answer may take.
const healthTimeout = 3 * time.Second

// run returns nil if the server says that it is alive.
func (f *healthFlags) run(ctx context.Context) error {
	if err := checkAddress("--admin-listen", f.AdminListen); err != nil {
		return err
	}
	url, err := localURL(f.AdminListen, "/livez")
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, healthTimeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return fmt.Errorf("ask %s: %w", url, err)
	}
	res, err := (&http.Transport{}).RoundTrip(req) // no proxy: this is about this machine
	if err != nil {
		return fmt.Errorf("ask %s: %w", url, err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("ask %s: the server answers %s", url, res.Status)
	}
	return nil
}
