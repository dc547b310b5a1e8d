package baseline

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
)

// Read reads the file. When there is none, the error is fs.ErrNotExist; when it
// is no baseline, the error says where.
func Read(path string) (Baseline, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var l layout
	if err := l.decode(data); err != nil {
		return nil, fmt.Errorf("%s: %s; this is not a baseline that check has written", place(path, data, err), reason(err))
	}
	return l.Findings, nil
}

func (l *layout) decode(data []byte) error {
	var any json.RawMessage
	if err := json.Unmarshal(data, &any); err != nil { // finds what stands behind the end, too
		return err
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(l); err != nil {
		return err
	}
	return l.fault()
}

// fault is what is wrong with a layout, if anything.
func (l layout) fault() error {
	switch {
	case l.Version == nil:
		return errors.New(`"version" is missing`)
	case *l.Version != version:
		return fmt.Errorf("its version is %d, and this program knows %d", *l.Version, version)
	case l.Findings == nil:
		return errors.New(`"findings" is missing`)
	}
	for i, entry := range l.Findings {
		if entry.ID == "" || entry.Text == "" || (entry.File == "") == (entry.Variable == "") {
			return fmt.Errorf(`findings[%d] needs an "id", a "text", and a "file" or a "variable"`, i)
		}
	}
	return nil
}

// place is path:line:column of what is wrong.
func place(path string, data []byte, err error) string {
	at := int64(0)
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		at = syntax.Offset - 1
	case errors.As(err, &kind):
		at = kind.Offset - 1
	}
	before := string(data[:max(0, min(at, int64(len(data))))])
	line := before[strings.LastIndexByte(before, '\n')+1:]
	return fmt.Sprintf("%s:%d:%d", path, 1+strings.Count(before, "\n"), 1+len([]rune(line)))
}

// reason is an error of package json in plain words.
func reason(err error) string {
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &kind) && kind.Field == "":
		return fmt.Sprintf("it holds no object but a value of the kind %s", kind.Value)
	case errors.As(err, &kind):
		return fmt.Sprintf("%q should not be of the kind %s", kind.Field, kind.Value)
	}
	return strings.TrimPrefix(err.Error(), "json: ")
}
