package sim

// What a client needs of the tuning to draw, to foresee what its own ship does, and to
// know what cannot be.
const (
	ItemReach   = itemReach   // how near a ship's middle takes a pick-up or a core
	DashReload  = dashReload  // ticks between two dashes
	DashCost    = dashCost    // of energy
	GuardRepair = guardRepair // ticks until a broken guard can be raised again
	SpawnShield = spawnShield // ticks of protection for who enters
)

// Overdriven returns the fewest ticks between two uses of a trigger that reloads in
// so many.
func Overdriven(reload uint8) uint8 { return uint8(int(reload) * overReload / 256) }
