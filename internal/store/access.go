package store

// Access is what is kept of agents: who they are and who is signed in.
type Access interface{}
