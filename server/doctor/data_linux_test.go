package doctor

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// O7: a folder that keeps nothing.
func TestFault_O7_Data(t *testing.T) {
	wantFinding(t, Data(t.TempDir()), OK, "brought to the disk")
	wantFinding(t, Data(""), Warn, "nothing is kept", "--data DIR")
	wantFinding(t, Data(filepath.Join(t.TempDir(), "none")), Fail, "no file can be made in it: no such file or directory", "own the folder")
	wantFinding(t, Data("/proc"), Fail, "no file can be made in it")
	entries, err := os.ReadDir(t.TempDir())
	if err != nil || len(entries) > 0 {
		t.Errorf("%d files are left, %v", len(entries), err)
	}
}

func TestFault_O7_ReadOnly(t *testing.T) {
	dir := mounted(t, "size=1m")
	if err := syscall.Mount("", dir, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, "size=1m"); err != nil {
		t.Fatal(err)
	}
	wantFinding(t, Data(dir), Fail, "read-only file system")
}

func TestFault_O7_Full(t *testing.T) {
	dir := mounted(t, "size=1m")
	wantFinding(t, Data(dir), Fail, "1 MiB are free", "make room")
	if err := os.WriteFile(filepath.Join(dir, "much"), make([]byte, 2<<20), 0o600); err == nil {
		t.Fatal("the disk is larger than asked for")
	}
	wantFinding(t, Data(dir), Fail, "no space left on device")
}

// mounted is a disk of the test's own.
func mounted(t *testing.T, options string) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, options); err != nil {
		t.Skipf("mounting a disk is for root alone: %v", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) })
	return dir
}
