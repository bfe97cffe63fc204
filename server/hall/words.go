package hall

import (
	"fmt"

	"ionwake/shared/wire"
)

// versionWords tells a player of another version what to do.
func versionWords(theirs uint32) string {
	if theirs < wire.Version {
		return fmt.Sprintf("Your client speaks version %d, this server %d. Reload the page or update.", theirs, wire.Version)
	}
	return fmt.Sprintf("Your client speaks version %d, this server only %d. Open the server's own page.", theirs, wire.Version)
}
