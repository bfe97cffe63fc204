package sim

// Edition names these rules: a match that was recorded by programs of one Edition can
// be played by those of the same alone. It is made of what the recorded matches of the
// tests lead to and changes with every change of play; a test says to what.
const Edition Hash = 0x356de4fa0d5a592e
