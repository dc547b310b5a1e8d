package settings_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/settled-go/settled/settings"
)

const password = "hunter2"

func TestSecretIsNeverShown(t *testing.T) {
	secret := settings.NewSecret(password)
	type open struct{ Secret settings.Secret }
	type closed struct {
		secret settings.Secret // fmt calls no methods on it
		list   []settings.Secret
		table  map[string]*settings.Secret
	}
	values := []any{
		secret, &secret, open{secret}, &open{secret}, []settings.Secret{secret}, map[string]settings.Secret{"k": secret},
		closed{secret, []settings.Secret{secret}, map[string]*settings.Secret{"k": &secret}},
	}
	var out bytes.Buffer
	for _, v := range values {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%p", "%t", "%c", "%10s", "%T", "%z"} {
			fmt.Fprintf(&out, verb+"\n", v)
		}
		fmt.Fprintln(&out, v)
		for _, h := range []slog.Handler{slog.NewTextHandler(&out, nil), slog.NewJSONHandler(&out, nil)} {
			slog.New(h).Info("message", "value", v)
		}
	}
	for _, v := range values[:len(values)-1] {
		text, err := json.Marshal(v)
		if err != nil || !strings.Contains(string(text), `"********************"`) {
			t.Errorf("JSON of %T: %s, %v", v, text, err)
		}
		out.Write(text)
	}
	text, err := xml.Marshal(open{secret})
	if err != nil {
		t.Error(err)
	}
	out.Write(text)
	for _, leak := range []string{password, fmt.Sprintf("%x", password), fmt.Sprintf("%X", password), fmt.Sprint([]byte(password))} {
		if strings.Contains(out.String(), leak) {
			t.Errorf("%q is in the output:\n%s", leak, out.String())
		}
	}
}

func TestSecretPrintsAsStarsOrNothing(t *testing.T) {
	const stars = "********************"
	tests := []struct {
		secret settings.Secret
		want   string
		isSet  bool
	}{
		{settings.NewSecret(password), stars, true},
		{settings.NewSecret("x"), stars, true},
		{settings.NewSecret(""), "", false},
		{settings.Secret{}, "", false},
	}
	for _, tt := range tests {
		text, err := tt.secret.MarshalText()
		got := []string{tt.secret.String(), tt.secret.GoString(), fmt.Sprintf("%q", tt.secret), string(text), tt.secret.LogValue().String()}
		for _, got := range got {
			if got != tt.want || err != nil {
				t.Errorf("got %q, %v, want %q", got, err, tt.want)
			}
		}
		if tt.secret.IsSet() != tt.isSet {
			t.Errorf("IsSet is %v, want %v", tt.secret.IsSet(), tt.isSet)
		}
	}
}

func TestSecretValue(t *testing.T) {
	if got := settings.NewSecret(password).Value(); got != password {
		t.Errorf("value %q, want %q", got, password)
	}
	if got := (settings.Secret{}).Value(); got != "" {
		t.Errorf("value of no secret %q", got)
	}
}
