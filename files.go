package settled

import (
	"slices"

	"github.com/settled-go/settled/settings"
)

// Files are the files that the settings come from: the settings file, those that
// it extends, and those of secrets. They may be missing.
func (p *Project) Files() []string {
	names := p.file.Files()
	for _, info := range p.apps {
		if info.Settings == nil {
			continue
		}
		for _, name := range settings.SecretFiles(info.Settings) {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return names
}
