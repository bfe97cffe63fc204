package gate

const tcpNotSentLowat = 25 // linux/tcp.h; not among package syscall's names
