package settings

// secret fills a Secret from a string, { env = "NAME" } or { file = "PATH" }.
// The variable or file is looked for and not read.
func (c *conversion) secret(s *Secret, value any, at *trail, want *expectation) bool {
	path := at.path()
	if text, ok := value.(string); ok {
		c.secrets = append(c.secrets, path)
		s.setLiteral(text)
		return true
	}
	kind, name := reference(value)
	switch kind {
	case "env":
		s.setEnv(name)
	case "file":
		s.setFile(beside(c.file, name))
	default:
		return c.mismatch(secretType, value, at, want)
	}
	c.secrets = append(c.secrets, path)
	if err := s.available(c.env.lookup); err != nil {
		c.missing = append(c.missing, problem{path: path, text: string(path) + ": " + oneLine(err), hint: s.hint()})
	}
	return true
}

// reference takes { env = "NAME" } or { file = "PATH" } apart; kind is empty for
// anything else.
func reference(value any) (kind, name string) {
	table, _ := value.(map[string]any)
	for key, entry := range table {
		name, _ = entry.(string)
		kind = key
	}
	if len(table) != 1 || name == "" || kind != "env" && kind != "file" {
		return "", ""
	}
	return kind, name
}
