package corsheaders

import (
	"slices"
	"strings"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/browser"
)

// findEach makes a rule for a list of one for its entries. An entry with a
// control character is reported for that alone.
func findEach(find func(entry string, all []string, on checks.Path) checks.Messages) func(_, value any) checks.Messages {
	return func(_, value any) (ms checks.Messages) {
		all := value.([]string)
		for i, entry := range all {
			found := findControl(entry, element(i))
			if found == nil {
				found = find(entry, all, element(i))
			}
			ms = append(ms, found...)
		}
		return ms
	}
}

// registered are further methods that are written in upper case: those of
// IANA's registry, and PURGE of caches.
var registered = []string{
	"ACL", "BASELINE-CONTROL", "BIND", "CHECKIN", "CHECKOUT", "COPY", "LABEL", "LINK", "LOCK", "MERGE", "MKACTIVITY",
	"MKCALENDAR", "MKCOL", "MKREDIRECTREF", "MKWORKSPACE", "MOVE", "ORDERPATCH", "PATCH", "PRI", "PROPFIND",
	"PROPPATCH", "PURGE", "QUERY", "REBIND", "REPORT", "SEARCH", "UNBIND", "UNCHECKOUT", "UNLINK", "UNLOCK",
	"UPDATE", "UPDATEREDIRECTREF", "VERSION-CONTROL",
}

// findMethod judges an entry of CORS_ALLOW_METHODS.
func findMethod(method string, all []string, on checks.Path) checks.Messages {
	upper := strings.ToUpper(method)
	switch {
	case !browser.IsToken(method):
		return noToken("corsheaders.E151", "method", method, on,
			"browsers can't read Access-Control-Allow-Methods then, and refuse every preflighted request")
	case browser.IsForbiddenMethod(method):
		return checks.Messages{checks.Errorf("corsheaders.E151",
			"Method %s in {name} does nothing: browsers let no script send a %s request", quote(method), upper).
			On(on).WithHint("take it out")}
	case method == upper || slices.Contains(all, upper) || browser.IsSafelistedMethod(upper):
		return nil // a browser that sends the method in upper case is let through
	}
	why := "browsers send " + upper + ", so that it never matches"
	if slices.Contains(registered, upper) {
		why = "upper and lower case differ for browsers, so that they refuse " + upper + " requests"
	} else if browser.NormalizeMethod(method) != upper {
		return nil
	}
	return checks.Messages{checks.Errorf("corsheaders.E152", "Method %s in {name} should be in upper case: %s", quote(method), why).
		On(on).WithHint("write %s", quote(upper)).Fix(checks.Edit{Do: checks.Replace, Setting: on, Text: upper})}
}

// findRequestHeader judges an entry of CORS_ALLOW_HEADERS.
func findRequestHeader(header string, _ []string, on checks.Path) checks.Messages {
	switch {
	case !browser.IsToken(header):
		return noToken("corsheaders.E157", "header", header, on,
			"browsers can't read Access-Control-Allow-Headers then, and refuse every preflighted request")
	case browser.IsForbiddenHeader(header):
		m := checks.Warningf("corsheaders.W153",
			"Header %s in {name} does nothing: browsers let no script set it, so that they never ask for it", quote(header)).
			On(on).WithHint("take it out").Fix(checks.Edit{Do: checks.Remove, Setting: on})
		if strings.EqualFold(header, "cookie") {
			m = m.WithHint("take it out: whether cookies are sent is what {name:CORS_ALLOW_CREDENTIALS} says")
		}
		return checks.Messages{m}
	case isCORS(header):
		return checks.Messages{checks.Errorf("corsheaders.E154",
			"Header %s in {name} is one of responses: on a request it does nothing but cause a preflight", quote(header)).
			On(on).WithHint("take it out, and out of the script that sends it: CORS headers are what the server answers with")}
	}
	return nil
}

// findResponseHeader judges an entry of CORS_EXPOSE_HEADERS.
func findResponseHeader(header string, _ []string, on checks.Path) checks.Messages {
	switch {
	case !browser.IsToken(header):
		return noToken("corsheaders.E157", "header", header, on,
			"browsers can't read Access-Control-Expose-Headers then, and expose none of the headers in it")
	case browser.IsForbiddenResponseHeader(header):
		return checks.Messages{checks.Warningf("corsheaders.W156",
			"Header %s in {name} does nothing: browsers keep it from every script", quote(header)).
			On(on).WithHint("take it out; what a script has to know can be in the body or in a header of its own")}
	case browser.IsSafelistedResponseHeader(header):
		return checks.Messages{checks.Infof("corsheaders.I156",
			"Header %s in {name} needs no entry: scripts can always read it", quote(header)).
			On(on).WithHint("take it out")}
	}
	return nil
}
