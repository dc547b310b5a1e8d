package witness

import "strings"

// letters are the bytes that an origin of a browser consists of, in the order
// in which a search tries them: among the shortest witnesses, the one that
// reads best comes first. They fit into a mask of 64 bits.
const letters = "-abcdefghijklmnopqrstuvwxyz0123456789.:/[]+_~!$&'()*,;="

// A letter is an index into letters.
type letter int32

// before stands for the start of a host where tails are compared.
const before letter = letter(len(letters))

const allLetters uint64 = 1<<len(letters) - 1

var letterOf = func() (of [256]letter) {
	for i := range of {
		of[i] = -1
	}
	for i := range len(letters) {
		of[letters[i]] = letter(i)
	}
	return of
}()

var wordLetters = func() (mask uint64) {
	for i := range len(letters) {
		if isAlnum(letters[i]) || letters[i] == '_' {
			mask |= 1 << i
		}
	}
	return mask
}()

func (l letter) byte() byte   { return letters[l] }
func (l letter) isWord() bool { return wordLetters>>l&1 == 1 }

// isOdd says whether a URL may hold the byte in a host, though no name that
// can be registered has it. Below such a name anything goes.
func isOdd(c byte) bool { return strings.IndexByte("_~!$&'()*+,;=", c) >= 0 }
