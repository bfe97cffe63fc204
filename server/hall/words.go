package hall

import (
	"errors"
	"fmt"

	"ionwake/shared/wire"
)

// versionWords tells a player of another version what to do.
func versionWords(theirs uint32) string {
	if theirs < wire.Version {
		return fmt.Sprintf("Your client speaks version %d, this server version %d. Reload the page or update.", theirs, wire.Version)
	}
	return fmt.Sprintf("Your client speaks version %d, this server version %d. Open the server's own page.", theirs, wire.Version)
}

// words tells a guest why the hall does not let it in, with the close code.
func (h *Hall) words(err error) wire.Reject {
	switch {
	case errors.Is(err, errFull):
		return wire.Reject{Code: wire.CloseFull, Message: "This server has as many rooms as it can hold. Try another.", RetryAfterMS: 10000}
	case errors.Is(err, errCrowded):
		return wire.Reject{Code: wire.CloseOverload, Message: "Very many people want in. Trying again.", RetryAfterMS: 2000}
	case errors.Is(err, errHasty):
		return wire.Reject{Code: wire.CloseOverload, Message: "Very many have come from your network of late. Trying again.", RetryAfterMS: 5000}
	case errors.Is(err, errRooms):
		return wire.Reject{Code: wire.CloseOverload, Message: "Many rooms were opened from your network of late. Trying again.", RetryAfterMS: 30000}
	case errors.Is(err, errClosing):
		h.mu.Lock()
		defer h.mu.Unlock()
		return h.farewell
	default:
		return wire.Reject{Code: wire.CloseNoRoom, Message: "There is no such room here. Names are a to z, digits and hyphens."}
	}
}
