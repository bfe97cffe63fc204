package gate

const tcpNotSentLowat = 0x201 // netinet/tcp.h; not among package syscall's names
