package scaffold

import (
	"crypto/rand"
	"math/big"
)

// SecretKey is a new key in Django's form: its prefix is what tells a key that
// was made for developing from one that was chosen for a server.
func SecretKey() string {
	const prefix, letters, length = "django-insecure-", "abcdefghijklmnopqrstuvwxyz0123456789!@#$%^&*(-_=+)", 50
	key := []byte(prefix)
	for range length {
		n, err := rand.Int(rand.Reader, big.NewInt(int64(len(letters))))
		if err != nil {
			panic(err) // crypto/rand does not fail
		}
		key = append(key, letters[n.Int64()])
	}
	return string(key)
}
