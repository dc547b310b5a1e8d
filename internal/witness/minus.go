package witness

import (
	"encoding/binary"
	"slices"
)

// minus runs a program deterministically, to tell what it does not match. Its
// states are numbers; the first is the start.
type minus struct {
	program *program
	sets    [][]uint32
	ids     map[string]int32
	steps   map[minusStep]int32
}

type minusStep struct {
	set  int32
	left side
	l    letter
}

// matched is the state of a program that matches whatever follows.
const matched int32 = -1

func newMinus(g *program) *minus {
	if g == nil {
		return nil
	}
	m := &minus{program: g, ids: map[string]int32{}, steps: map[minusStep]int32{}}
	m.id([]uint32{uint32(g.Start)})
	return m
}

func (m *minus) id(set []uint32) int32 {
	slices.Sort(set)
	set = slices.Compact(set)
	key := make([]byte, 0, 4*len(set))
	for _, pc := range set {
		key = binary.LittleEndian.AppendUint32(key, pc)
	}
	if id, known := m.ids[string(key)]; known {
		return id
	}
	id := int32(len(m.sets))
	m.ids[string(key)] = id
	m.sets = append(m.sets, set)
	return id
}

// size is how many instructions a state stands for.
func (m *minus) size(set int32) int {
	if m == nil {
		return 0
	}
	return len(m.sets[set])
}

func (m *minus) step(set int32, left side, l letter) int32 {
	if m == nil {
		return 0
	}
	key := minusStep{set, left, l}
	if next, known := m.steps[key]; known {
		return next
	}
	var pcs []uint32
	next := int32(0)
	for _, pc := range m.sets[set] {
		s := m.program.stand(pc, between(left, sideOf(l)))
		if s.match {
			next = matched
			break
		}
		for _, pc := range s.takes {
			if m.program.masks[pc]>>l&1 == 1 {
				pcs = append(pcs, m.program.Inst[pc].Out)
			}
		}
	}
	if next != matched {
		next = m.id(pcs)
	}
	m.steps[key] = next
	return next
}

// accepts says whether the program matches a text that ends here.
func (m *minus) accepts(set int32, left side) bool {
	if m == nil {
		return false
	}
	return slices.ContainsFunc(m.sets[set], func(pc uint32) bool {
		return m.program.stand(pc, between(left, edge)).match
	})
}
