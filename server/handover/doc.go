// Package handover lets a program that listens be replaced, while it is running,
// by one that was built anew, without losing a connection. It knows processes,
// sockets and signals.
//
// # Generations
//
// The process that the user started serves by itself at first. When a
// [Supervisor] has built a successor, it starts that on the same listening
// socket, and when the successor answers, the generation before accepts no more
// and drains. From then on the user's process only supervises. It keeps the
// socket open all the time: while nobody serves, clients wait.
//
// # Between supervisor and successor
//
// A successor is started with three files: 3 is the listening socket, 4 is where
// it is told what to do, a byte a time, and 5 is where it tells what it has done.
// At the end of 4 the supervisor is gone, killed perhaps. Then the successor
// drains and ends, so that no orphan keeps the port. It is in a process group of
// its own: a Ctrl-C in the terminal reaches the supervisor alone, which decides.
package handover
