package words

import (
	"syscall"
	"unsafe"
)

// localeNameMax is LOCALE_NAME_MAX_LENGTH of winnls.h.
const localeNameMax = 85

// locale asks Windows, which has no LANG (GetUserDefaultLocaleName of kernel32).
func locale() []string {
	name := make([]uint16, localeNameMax)
	call := syscall.NewLazyDLL("kernel32.dll").NewProc("GetUserDefaultLocaleName")
	if n, _, _ := call.Call(uintptr(unsafe.Pointer(&name[0])), localeNameMax); n == 0 {
		return nil
	}
	return []string{syscall.UTF16ToString(name)}
}
