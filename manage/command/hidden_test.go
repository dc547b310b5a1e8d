package command_test

import (
	"bytes"
	"context"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/manage/command"
)

// broker is an app whose settings hide things in other places than their names.
type broker struct{ settings brokerSettings }

type brokerSettings struct {
	// The old name is hidden, the new one is not.
	ID      string   `toml:"BROKER_ID" alias:"BROKER_TOKEN" check:"broker.E001 alias=broker.W001 both=broker.E002"`
	Address endpoint `toml:"BROKER_ADDRESS"`
	Mirror  string   `toml:"BROKER_MIRROR"`
}

// endpoint is a type with a text form of its own.
type endpoint struct{ url url.URL }

func (e endpoint) MarshalText() ([]byte, error)     { return []byte(e.url.String()), nil }
func (e *endpoint) UnmarshalText(text []byte) error { return e.url.UnmarshalBinary(text) }
func (b *broker) Settings() any                     { return &b.settings }
func newBroker() settled.App                        { return &broker{} }

// Nothing that is hidden shows in diffsettings, and no file's name steers the
// terminal.
func TestDiffsettingsHides(t *testing.T) {
	in(t, "EXTENDS = \"evil\\u001b[31m.toml\"\nDEBUG = true\nINSTALLED_APPS = [\"broker\"]\nBROKER_TOKEN = \"hunter2\"\n"+
		"BROKER_ADDRESS = \"amqp://user:hunter2@host/\"\n")
	if err := os.WriteFile("evil\x1b[31m.toml", []byte("BROKER_MIRROR = \"amqp://user:hunter2@mirror/\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var r settled.Registry
	r.Register("broker", newBroker)
	var stdout, stderr bytes.Buffer
	p := command.Program{Name: "manage", Setup: r.Setup, Stdout: &stdout, Stderr: &stderr}
	p.Run(context.Background(), []string{"diffsettings"})
	out := stdout.String()
	if strings.Contains(out, "hunter2") || strings.Contains(out, "\x1b") {
		t.Errorf("shown:\n%q", out)
	}
	for _, want := range []string{"BROKER_ID = \"********************\"", "amqp://user:", "evil\\x1b[31m.toml:1"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
}
