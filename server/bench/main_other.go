//go:build !(linux && (amd64 || arm64))

package main

import (
	"fmt"
	"os"
)

func main() {
	fmt.Fprintln(os.Stderr, "ionwake-bench: the yardsticks are made of Linux's epoll; there is no bench for this system")
	os.Exit(2)
}
