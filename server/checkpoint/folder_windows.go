package checkpoint

// syncFolder does nothing: Windows keeps the entries of folders by itself.
func syncFolder(string) error { return nil }
