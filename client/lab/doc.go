// Package lab plays whole matches in memory and measures how they feel: the real
// gate, hall and room, and real sessions flown by pilots, over the lines of
// shared/lab, all under the clock of testing/synctest. Minutes of play take seconds,
// and the same seed gives the same match.
//
// Everything is in its tests. "make feel" prints the figures for lines from perfect
// to dreadful; the tests named after rows of faults break lines in every way that
// one meets.
package lab
