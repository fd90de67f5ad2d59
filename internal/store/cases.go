package store

// Cases is what people work on: conversations that were handed over.
type Cases interface{}
