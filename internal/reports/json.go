package reports

import (
	"io"

	"github.com/settled-go/settled/checks"
)

// jsonVersion is that of the layout. Parts may be added to it; a part that goes
// or means something else makes a new version.
const jsonVersion = 1

// JSON writes the report as docs/check-output.md describes it.
func JSON(w io.Writer, r Report) error {
	d := jsonDocument{
		Version: jsonVersion,
		Tool:    jsonTool{"settled", r.Version},
		Failed:  r.Failed,
		Files:   []jsonFile{}, Messages: []jsonMessage{}, Silenced: []jsonSilenced{}, Accepted: []jsonMessage{},
	}
	for _, f := range r.Files {
		d.Files = append(d.Files, jsonFileOf(f))
	}
	for _, m := range r.Messages {
		d.Summary.count(m.Level)
		d.Messages = append(d.Messages, r.jsonMessage(m))
	}
	for _, s := range r.Silenced {
		d.Summary.Silenced++
		d.Silenced = append(d.Silenced, jsonSilenced{r.jsonMessage(s.Message), s.Reason})
	}
	for _, m := range r.Accepted {
		d.Summary.Accepted++
		d.Accepted = append(d.Accepted, r.jsonMessage(m))
	}
	return Encode(w, d)
}

type jsonDocument struct {
	Version  int            `json:"version"`
	Tool     jsonTool       `json:"tool"`
	Failed   bool           `json:"failed"`
	Summary  jsonSummary    `json:"summary"`
	Files    []jsonFile     `json:"files"`
	Messages []jsonMessage  `json:"messages"`
	Silenced []jsonSilenced `json:"silenced"`
	Accepted []jsonMessage  `json:"accepted"`
}

type jsonTool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

type jsonSummary struct {
	Critical int `json:"critical"`
	Error    int `json:"error"`
	Warning  int `json:"warning"`
	Info     int `json:"info"`
	Debug    int `json:"debug"`
	Silenced int `json:"silenced"`
	Accepted int `json:"accepted"`
}

func (s *jsonSummary) count(l checks.Level) {
	switch l {
	case checks.Critical:
		s.Critical++
	case checks.Error:
		s.Error++
	case checks.Warning:
		s.Warning++
	case checks.Info:
		s.Info++
	default:
		s.Debug++
	}
}

type jsonFile struct {
	File    string   `json:"file"`
	Extends []string `json:"extends,omitempty"`
	Error   string   `json:"error,omitempty"`
}

func jsonFileOf(f File) jsonFile {
	j := jsonFile{File: f.Name}
	if len(f.Sources) > 1 {
		j.Extends = f.Sources[1:]
	}
	if f.Err != nil {
		j.Error = f.Err.Error()
	}
	return j
}

type jsonMessage struct {
	ID      string `json:"id"`
	Level   string `json:"level"`
	Class   string `json:"class"`
	Text    string `json:"text"`
	Hint    string `json:"hint,omitempty"`
	Setting string `json:"setting,omitempty"`
	jsonPlace
	// Files are the settings files in whose projects it was found.
	Files   []string      `json:"files"`
	Related []jsonRelated `json:"related,omitempty"`
	Because *jsonCause    `json:"because,omitempty"`
	Fixes   []jsonEdit    `json:"fixes,omitempty"`
}

type jsonSilenced struct {
	jsonMessage
	Reason string `json:"reason,omitempty"`
}

// classNames are those of the JSON format.
var classNames = map[checks.Class]string{
	checks.Finding: "finding", checks.Refused: "refused", checks.Unbuildable: "unbuildable",
}

func (r Report) jsonMessage(m checks.Message) jsonMessage {
	j := jsonMessage{
		ID: m.ID, Level: m.Level.String(), Class: classNames[m.Class], Text: m.Text, Hint: m.Hint,
		Setting: string(m.Setting), jsonPlace: r.jsonPlace(m.At), Files: r.filesOf(m),
	}
	for _, related := range m.Related {
		j.Related = append(j.Related, jsonRelated{related.Text, string(related.Setting), r.jsonPlace(related.At)})
	}
	if m.Because.ID != "" {
		j.Because = &jsonCause{m.Because.ID, string(m.Because.Setting)}
	}
	for _, e := range m.Fixes {
		j.Fixes = append(j.Fixes, r.jsonEdit(e))
	}
	return j
}

// filesOf are the settings files whose projects a message is about. When one
// file is all that was looked at, the message need not say.
func (r Report) filesOf(m checks.Message) []string {
	if len(m.Files) > 0 {
		return m.Files
	}
	return []string{r.first()}
}
