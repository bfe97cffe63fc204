package link

import "testing"

// TestAdvice goes through every code of the hosting contract, those of the RFC
// that arise without a frame, and the local ones.
func TestAdvice(t *testing.T) {
	for code, want := range map[Code]Advice{
		CodeUnreachable: Retry, CodeRefused: Stop, CodeBusy: Retry, CodeAddress: Ask, CodeUntrusted: Stop, CodeSilent: Retry, CodeOverflow: Retry, CodeMap: Ask, CodeLate: Retry, CodeShut: Retry,
		1000: Stop,  // left
		1001: Retry, // the server, or a proxy before it, goes away
		1002: Stop, 1003: Stop, 1005: Retry, 1006: Retry, 1007: Stop, 1008: Stop, 1009: Stop,
		1011: Retry, 1012: Retry, 1013: Retry, 1014: Retry, 1015: Stop,
		4001: Stop, 4002: Ask, 4003: Stop, 4004: Retry, 4005: Ask, // a full room is waited for
		4006: Stop, // newest wins: coming back would start a tug of war
		4007: Ask, 4008: Stop, 4009: Retry, 4010: Ask, 4011: Ask, 4012: Ask, 4013: Ask,
	} {
		if got := code.Advice(); got != want {
			t.Errorf("code %d: advice %d, want %d", code, got, want)
		}
		if code.Words() == Code(0).Words() {
			t.Errorf("code %d has no words of its own", code)
		}
	}
	for _, code := range []Code{0, 1004, 1016, 2999, 3000, 4000, 4014, 4999, 65535} {
		if got := code.Advice(); got != Ask {
			t.Errorf("unknown code %d: advice %d, want Ask", code, got)
		}
	}
}

func TestCodesThatStayHere(t *testing.T) {
	for code, want := range map[Code]uint16{0: 1001, CodeOverflow: 1001, CodeNone: 1001, CodeLost: 1001, CodeTLS: 1001, 1000: 1000, 1002: 1002, 4006: 4006} {
		if got := code.onWire(); got != want {
			t.Errorf("code %d goes out as %d, want %d", code, got, want)
		}
	}
}

func TestPlainReasons(t *testing.T) {
	for text, want := range map[string]string{
		"room ended": "room ended", "\x1b[31mred\n": "?[31mred?", "caf\u00e9 \u202e": "caf? ?", "\xff\xfe": "??",
	} {
		if got := plain(text); got != want {
			t.Errorf("plain(%q) = %q, want %q", text, got, want)
		}
	}
	if got := len(plain(string(make([]byte, 10_000)))); got != maxReason {
		t.Errorf("a long reason keeps %d bytes, want %d", got, maxReason)
	}
}
