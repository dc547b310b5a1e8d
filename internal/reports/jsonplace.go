package reports

import "github.com/settled-go/settled/checks"

// jsonPlace is a place in a file, a file as a whole, or an environment variable.
type jsonPlace struct {
	File     string     `json:"file,omitempty"`
	Variable string     `json:"variable,omitempty"`
	Range    *jsonRange `json:"range,omitempty"`
}

// jsonRange ends just behind its last character.
type jsonRange struct {
	Start jsonPos `json:"start"`
	End   jsonPos `json:"end"`
}

type jsonPos struct {
	Line   int `json:"line"`
	Column int `json:"column"`
}

func (r Report) jsonPlace(at checks.Range) jsonPlace {
	if variable := r.variable(at); variable != "" {
		return jsonPlace{Variable: variable}
	}
	place := jsonPlace{File: at.File}
	if at.Start.Line > 0 {
		place.Range = &jsonRange{jsonPos(at.Start), jsonPos(end(at))}
	}
	return place
}

type jsonRelated struct {
	Text    string `json:"text"`
	Setting string `json:"setting,omitempty"`
	jsonPlace
}

type jsonCause struct {
	ID      string `json:"id"`
	Setting string `json:"setting,omitempty"`
}

// jsonEdit is a change of a setting, and what it means for the text of the
// files.
type jsonEdit struct {
	Do      string       `json:"do"`
	Setting string       `json:"setting"`
	Text    *string      `json:"text,omitempty"`
	To      *int         `json:"to,omitempty"`
	Changes []jsonChange `json:"changes"`
}

type jsonChange struct {
	jsonPlace
	New string `json:"new"`
}

func (r Report) jsonEdit(e checks.Edit) jsonEdit {
	j := jsonEdit{Setting: string(e.Setting), Changes: []jsonChange{}}
	switch e.Do {
	case checks.Replace:
		j.Do, j.Text = "replace", &e.Text
	case checks.Rename:
		j.Do, j.Text = "rename", &e.Text
	case checks.Append:
		j.Do, j.Text = "append", &e.Text
	case checks.Move:
		j.Do, j.To = "move", &e.To
	default:
		j.Do = "remove"
	}
	if e.Secret {
		j.Text = nil
	}
	for _, c := range e.Changes {
		j.Changes = append(j.Changes, jsonChange{r.jsonPlace(c.At), c.New})
	}
	return j
}
