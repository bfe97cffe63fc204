package wire

import "testing"

// FuzzDecodeClient lets whatever comes from outside be read twice, see
// compareClient.
func FuzzDecodeClient(f *testing.F) {
	for _, data := range validClient() {
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) { compareClient(t, data) })
}

// FuzzDecodeFrame is the same for a client that meets any server.
func FuzzDecodeFrame(f *testing.F) {
	for _, data := range validFrames() {
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) { compareFrame(t, data) })
}
