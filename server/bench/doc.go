// Command bench prints the whole table of figures of this game's netcode: what was to be reached, what was measured here, and how.
//
// # The arena bench
//
// A repetition at N seats is three runs, one after the other, each in processes of its own:
//
//   - ionwake: the real server, with N headless players of client/swarm fighting in one room;
//   - floor: the least that any server could do. One goroutine reads all sockets once a tick (epoll, edge-triggered) and writes at every
//     second tick, with system calls that the scheduler does not hear of; it parses nothing, knows no rule and no WebSocket;
//   - plain: an ordinary gws server, a goroutine for each connection, gws's Broadcaster for each frame, nothing else.
//
// What the yardsticks read and write is what the server of the same repetition was seen to: messages and bytes a client and second from its
// own counters, sizes of frames one by one as an observer got them (scaled so that their sum is what the server counted). All three run with the
// same GOMAXPROCS. Both yardsticks have the same load program, whose clients send at an even pace, each at a moment of its own.
//
// CPU is the time the process has used (clock_getcpuclockid(3): user and system, all threads, nanoseconds) over a window without joins.
// Times of one run hold against each other, not against those of another day: so the ratio is taken inside each repetition, and the table
// gives the median and the whole range of the ratios.
//
// # The other figures
//
// Figures that need no sockets come from benchmarks anywhere in this module (see benchmarks in memory.go): each is a line as `go test -bench` prints it.
//
// # The result
//
// Everything measured is also written, one line for each repetition, to a file that golang.org/x/perf/cmd/benchstat reads, so that a change
// can be judged: benchstat bin/bench/BEFORE.txt bin/bench/AFTER.txt.
package main
