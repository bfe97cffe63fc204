//go:build !js

package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"
)

// asker keeps connections for the moments in which a server is asked several times.
var asker = &http.Client{
	Transport: &http.Transport{
		MaxIdleConnsPerHost:    1,
		IdleConnTimeout:        10 * time.Second,
		DisableCompression:     true, // what comes is what is counted
		MaxResponseHeaderBytes: 16 << 10,
	},
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

// Get returns what a server answers with status 200. The error is ErrSlow, wraps
// ErrTooLarge, or says what is wrong; after ctx has ended it may be any.
func Get(ctx context.Context, r Request) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, r.Patience)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, r.URL, nil)
	if err != nil {
		return nil, errors.New("its address cannot be asked")
	}
	if r.Fresh {
		req.Header.Set("Cache-Control", "no-cache")
	}
	if r.Show != "" {
		req.Header.Set("Authorization", r.Show)
	}
	res, err := asker.Do(req)
	if err != nil {
		return nil, trouble(err)
	}
	defer res.Body.Close()
	switch res.StatusCode {
	case http.StatusOK:
	case http.StatusNotFound:
		return nil, ErrMissing
	default:
		return nil, fmt.Errorf("it answers %d", res.StatusCode)
	}
	if res.ContentLength > int64(r.Limit) {
		return nil, fmt.Errorf("%w: %d bytes, at most %d", ErrTooLarge, res.ContentLength, r.Limit)
	}
	data, err := io.ReadAll(io.LimitReader(res.Body, int64(r.Limit)+1))
	if err != nil {
		return nil, trouble(err)
	}
	if len(data) > r.Limit {
		return nil, fmt.Errorf("%w: more than %d bytes", ErrTooLarge, r.Limit)
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
		err = outer.Err // without the address
	}
	return fmt.Errorf("the line to it: %w", err)
}
