package lobby

import (
	"net"
	"os"
	"os/exec"
	"slices"
	"testing"

	"ionwake/server/beacon"
)

// insideVariable says that the test runs in a network of its own.
const insideVariable = "IONWAKE_TEST_NETWORK"

// A server on the local network is found, with its address and port or with the page it
// names, and no longer once its beacon is out. The network is one of the test's own.
func TestServersNearAreFound(t *testing.T) {
	if os.Getenv(insideVariable) == "" {
		outside(t)
		return
	}
	plain, err := beacon.Light(&net.TCPAddr{Port: 8080}, "")
	if err != nil || plain.Networks() != 1 {
		t.Fatalf("%d networks, %v, want 1", plain.Networks(), err)
	}
	named, err := beacon.Light(&net.TCPAddr{IP: net.IPv4(192, 168, 77, 1), Port: 8443}, "https://play.example/")
	if err != nil {
		t.Fatal(err)
	}
	defer named.Close()
	found := Near(t.Context())
	slices.Sort(found)
	if want := []string{"http://192.168.77.1:8080/", "https://play.example/"}; !slices.Equal(found, want) {
		t.Errorf("found %q, want %q", found, want)
	}
	plain.Close()
	if found := Near(t.Context()); !slices.Equal(found, []string{"https://play.example/"}) {
		t.Errorf("found %q after one has ended, want the other alone", found)
	}
	for _, elsewhere := range []net.IP{net.IPv4(127, 0, 0, 1), net.IPv4(203, 0, 113, 7)} {
		if b, err := beacon.Light(&net.TCPAddr{IP: elsewhere, Port: 8080}, ""); err != nil || b.Networks() != 0 {
			t.Errorf("at %v: found on %d networks, %v, want none", elsewhere, b.Networks(), err)
		}
	}
}

// outside runs this test again in a network namespace with one local network.
func outside(t *testing.T) {
	t.Helper()
	const network = `ip link set lo up && ip link add lan0 type veth peer name lan1 && ip addr add 192.168.77.1/24 dev lan0 && ip link set lan0 up && ip link set lan1 up && ip route add default dev lan0`
	if out, err := exec.Command("unshare", "-n", "sh", "-c", network).CombinedOutput(); err != nil {
		t.Skipf("networks of one's own are not possible here: %v %s", err, out)
	}
	cmd := exec.Command("unshare", "-n", "sh", "-c", network+` && exec "$0" "$@"`, os.Args[0], "-test.run=^TestServersNearAreFound$", "-test.v")
	cmd.Env = append(os.Environ(), insideVariable+"=1")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
