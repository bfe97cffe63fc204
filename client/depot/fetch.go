package depot

import (
	"context"
	"errors"
	"fmt"
	"time"

	"ionwake/client/fetch"
)

// ask is the fetcher of the game.
func ask(url string, limit int, timeout time.Duration, done func([]byte, error)) (cancel func()) {
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		defer cancel()
		data, err := fetch.Get(ctx, fetch.Request{URL: url, Limit: limit, Patience: timeout})
		done(data, trouble(err))
	}()
	return cancel
}

// trouble says in this package's words why there is nothing.
func trouble(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, fetch.ErrSlow):
		return ErrSlow
	case errors.Is(err, fetch.ErrTooLarge):
		return ErrTooLarge
	}
	return fmt.Errorf("%w: %w", ErrUnreachable, err)
}
