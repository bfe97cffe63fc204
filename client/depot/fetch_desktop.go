//go:build !js

package depot

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"
)

// client asks without cookies, without a proxy and goes nowhere it is sent: what
// it gets comes from the host whose game is played, or not at all.
func client(timeout time.Duration) *http.Client {
	return &http.Client{
		Timeout: timeout, // the body included
		Transport: &http.Transport{
			DisableKeepAlives:      true,
			DisableCompression:     true, // what comes is what is counted
			MaxResponseHeaderBytes: 16 << 10,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

func fetch(from string, limit int, timeout time.Duration, done func([]byte, error)) (cancel func()) {
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		defer cancel()
		done(get(ctx, client(timeout), from, limit))
	}()
	return cancel
}

func get(ctx context.Context, c *http.Client, from string, limit int) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, from, nil)
	if err != nil {
		return nil, fmt.Errorf("%w: its address cannot be asked", ErrUnreachable)
	}
	res, err := c.Do(req)
	if err != nil {
		return nil, trouble(err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%w: it answers %d", ErrUnreachable, res.StatusCode)
	}
	if res.ContentLength > int64(limit) {
		return nil, fmt.Errorf("%w: %d bytes, at most %d", ErrTooLarge, res.ContentLength, limit)
	}
	data, err := io.ReadAll(io.LimitReader(res.Body, int64(limit)+1))
	if err != nil {
		return nil, trouble(err)
	}
	if len(data) > limit {
		return nil, fmt.Errorf("%w: more than %d bytes", ErrTooLarge, limit)
	}
	return data, nil
}

// trouble words what went wrong on the way.
func trouble(err error) error {
	if timeout, ok := errors.AsType[interface {
		error
		Timeout() bool
	}](err); ok && timeout.Timeout() {
		return ErrSlow
	}
	if outer, ok := errors.AsType[*url.Error](err); ok {
		err = outer.Err // without the address, which says nothing to a player
	}
	return fmt.Errorf("%w: %w", ErrUnreachable, err)
}
