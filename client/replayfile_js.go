package main

// replayFile finds nothing: a page has no files.
func replayFile(string) ([]byte, error) { return nil, errNoFile }
