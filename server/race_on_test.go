//go:build race

package main

// buildFlags let the server under test look for races as its tests do.
var buildFlags = []string{"-race"}
