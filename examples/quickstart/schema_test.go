package quickstart_test

import (
	"bytes"
	"encoding/json"
	"os"
	"testing"

	"github.com/BurntSushi/toml"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/settled-go/settled/apps/corsheaders"
	"github.com/settled-go/settled/examples/quickstart/notes"
	"github.com/settled-go/settled/settledtest"
)

// The JSON Schema of a program with apps of its own takes their settings.
func TestSchema(t *testing.T) {
	p, _ := settledtest.Setup(t, settledtest.Apps{"corsheaders": corsheaders.NewApp, "notes": notes.New}, "")
	schema := unmarshal(t, p.Schema())
	c := jsonschema.NewCompiler()
	if err := c.AddResource("settings.schema.json", schema); err != nil {
		t.Fatal(err)
	}
	compiled, err := c.Compile("settings.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile("settings.toml")
	if err != nil {
		t.Fatal(err)
	}
	var values map[string]any
	if err := toml.Unmarshal(data, &values); err != nil {
		t.Fatal(err)
	}
	if err := compiled.Validate(unmarshal(t, values)); err != nil {
		t.Error(err)
	}
	values["NOTES_MAX"] = "many"
	if compiled.Validate(unmarshal(t, values)) == nil {
		t.Error("the schema takes a text for a number")
	}
}

// unmarshal is a value as the validator of schemas reads it.
func unmarshal(t *testing.T, value any) any {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}
