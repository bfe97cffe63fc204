package identity

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"ionwake/shared/wire"
)

func TestKeysAreThoseOfTheWire(t *testing.T) {
	if KeySize != wire.DeviceSize {
		t.Errorf("a key has %d bytes, a device says %d", KeySize, wire.DeviceSize)
	}
}

func TestThereAndBack(t *testing.T) {
	for _, key := range [][]byte{make([]byte, KeySize), bytes.Repeat([]byte{0xff}, KeySize), []byte("0123456789abcdef")} {
		text := Text(key)
		if len(text) != 39 || strings.Count(text, "-") != 7 {
			t.Errorf("the text is %q", text)
		}
		for _, as := range []string{
			text, strings.ToLower(text), strings.ReplaceAll(text, "-", ""), strings.ReplaceAll(text, "-", " "), "  " + text + "\r\n",
			strings.NewReplacer("0", "O", "1", "l").Replace(text), text[:19] + "\n" + text[20:], File(key), strings.ToUpper(Prefix) + " " + text,
		} {
			if got, err := Parse(as); err != nil || !bytes.Equal(got, key) {
				t.Errorf("%q gives %x, %v; want %x", as, got, err, key)
			}
		}
		if mark := Mark(key); len(mark) != 4 || strings.Contains(text, mark+"-") {
			t.Errorf("the mark of %s is %q", text, mark)
		}
	}
}

func TestDamageIsSeen(t *testing.T) {
	key := []byte("0123456789abcdef")
	text := Text(key)
	for i := range len(text) {
		if text[i] == '-' {
			continue
		}
		other := byte('7')
		if text[i] == other {
			other = '8'
		}
		if got, err := Parse(text[:i] + string(other) + text[i+1:]); !errors.Is(err, ErrDamaged) {
			t.Errorf("with letter %d changed: %x, %v", i, got, err)
		}
		if got, err := Parse(text[:i] + text[i+1:]); !errors.Is(err, ErrDamaged) {
			t.Errorf("without letter %d: %x, %v", i, got, err)
		}
		if got, err := Parse(text[:i] + "Q" + text[i:]); !errors.Is(err, ErrDamaged) {
			t.Errorf("with a letter more at %d: %x, %v", i, got, err)
		}
	}
	if _, err := Parse(strings.Repeat("0", 26) + "\r\r\r\r\r0"); !errors.Is(err, ErrDamaged) {
		t.Errorf("a key of ends of lines: %v", err)
	}
	if _, err := Parse(Prefix + text[:9]); !errors.Is(err, ErrDamaged) {
		t.Errorf("a key cut short that says what it is: %v", err)
	}
}

func TestOtherTexts(t *testing.T) {
	for _, text := range []string{
		"", "milk, eggs", "# only words\n", "version = 1\n[sound]\nmaster = 50\n", strings.Repeat("A", 1<<20),
		"https://play.example/?room=the-long-one", "日本語日本語日本語日本語日本語日本語日本語日本語",
	} {
		if got, err := Parse(text); !errors.Is(err, ErrOther) {
			t.Errorf("%.40q: %x, %v", text, got, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(File([]byte("0123456789abcdef")))
	f.Add("OIL0-")
	f.Fuzz(func(t *testing.T, text string) {
		key, err := Parse(text)
		if (err == nil) != (len(key) == KeySize) {
			t.Fatalf("%x, %v", key, err)
		}
		if err != nil {
			return
		}
		if again, err := Parse(Text(key)); err != nil || !bytes.Equal(again, key) {
			t.Fatalf("%x becomes %x, %v", key, again, err)
		}
	})
}
