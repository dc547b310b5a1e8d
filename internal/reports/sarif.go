package reports

import (
	"io"

	"github.com/settled-go/settled/checks"
)

const (
	sarifSchema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
	homepage    = "https://github.com/settled-go/settled"
	// baseID is what GitHub, Azure DevOps and others take for the root of the
	// repository.
	baseID = "%SRCROOT%"
)

// SARIF writes the report in the Static Analysis Results Interchange Format
// 2.1.0, which code scanning reads. What is silenced, or
// in the baseline, is in it, as suppressed.
func SARIF(w io.Writer, r Report) error {
	s := &sarif{Report: r, rules: []sarifRule{}, results: []sarifResult{}, index: map[string]int{}, seen: map[string]int{}}
	for _, m := range r.Messages {
		s.add(m, []sarifSuppression{})
	}
	for _, m := range r.Silenced {
		s.add(m.Message, []sarifSuppression{{Kind: "external", Status: "accepted", Justification: m.Reason}})
	}
	for _, m := range r.Accepted {
		s.add(m, []sarifSuppression{{Kind: "external", Status: "accepted", Justification: "The baseline has it."}})
	}
	return Encode(w, sarifLog{Schema: sarifSchema, Version: "2.1.0", Runs: []sarifRun{{
		Tool: sarifTool{sarifDriver{
			Name: "Settled", SemanticVersion: r.Version, InformationURI: homepage, Rules: s.rules,
		}},
		Invocations: []sarifInvocation{s.invocation()},
		BaseIDs:     map[string]sarifArtifact{baseID: {Description: &sarifText{Text: "The directory in which check ran."}}},
		ColumnKind:  "unicodeCodePoints",
		Results:     s.results,
	}}})
}

// sarif is a run in the making.
type sarif struct {
	Report
	rules   []sarifRule
	index   map[string]int // of a rule, by id
	results []sarifResult
	seen    map[string]int // how many results have a fingerprint
}

func (s *sarif) add(m checks.Message, suppressions []sarifSuppression) {
	result := sarifResult{
		RuleID: m.ID, RuleIndex: s.rule(m.ID), Level: sarifLevel(m.Level), Message: sarifMessage(m),
		Locations:    []sarifLocation{s.location(m.Setting, m.At)},
		Fingerprints: map[string]string{fingerprintName: s.fingerprint(m)},
		Suppressions: suppressions,
		Properties:   sarifResultProperties{Class: classNames[m.Class], Because: m.Because.ID},
	}
	for i, related := range m.Related {
		at := s.location(related.Setting, related.At)
		id := i + 1
		at.ID, at.Message = &id, &sarifText{Text: plainText(related.Text)}
		result.Related = append(result.Related, at)
	}
	if fix, ok := s.fix(m); ok {
		result.Fixes = []sarifFix{fix}
	}
	s.results = append(s.results, result)
}

// rule is the index of the rule for an id. Only rules with results are listed.
func (s *sarif) rule(id string) int {
	if i, ok := s.index[id]; ok {
		return i
	}
	rule := s.Rule(id)
	level := sarifLevel(rule.Level)
	severity := map[string]string{"note": "recommendation"}[level]
	if severity == "" {
		severity = level
	}
	title := rule.Title
	if title == "" {
		title = id
	}
	text := rule.Text
	if text == "" {
		text = title
	}
	s.index[id] = len(s.rules)
	s.rules = append(s.rules, sarifRule{
		ID: id, ShortDescription: sarifText{Text: title},
		FullDescription: sarifText{Text: firstParagraph(text)},
		Help:            sarifText{Text: text, Markdown: rule.Text},
		Configuration:   sarifConfiguration{level},
		Properties:      sarifRuleProperties{Tags: append([]string{}, rule.Tags...), Severity: severity},
	})
	return s.index[id]
}

// invocation says that check ran, and what it could not read.
func (s *sarif) invocation() sarifInvocation {
	i := sarifInvocation{Successful: !s.unreadable()}
	for _, f := range s.Files {
		if f.Err == nil {
			continue
		}
		n := sarifNotification{Level: "error", Message: sarifText{Text: plainText(f.Err.Error())}}
		if f.Name != "" {
			n.Locations = []sarifLocation{s.location("", checks.Range{File: f.Name})}
		}
		i.Notifications = append(i.Notifications, n)
	}
	return i
}

func sarifLevel(l checks.Level) string {
	switch {
	case l >= checks.Error:
		return "error"
	case l >= checks.Warning:
		return "warning"
	}
	return "note"
}
