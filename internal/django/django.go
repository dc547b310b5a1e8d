// Package django knows the names of Django 3.2 to 6.0 that Settled has nothing
// for, so that what is pasted from a Django project is understood, and never
// taken for a slip of the pen. Its middleware is in the package settled.
package django

import "strings"

// Setting is what to do about a setting of Django's that Settled does not have;
// empty for any other name.
func Setting(name string) string { return settings[name] }

// App is the same for an entry of INSTALLED_APPS.
func App(name string) string {
	label, ok := strings.CutPrefix(name, "django.contrib.")
	if !ok {
		return ""
	}
	label, _, _ = strings.Cut(label, ".") // "django.contrib.admin.apps.SimpleAdminConfig"
	return apps[label]
}

const (
	later = "it is Django's, and Settled does not have it yet: take it out for now"
	never = "it is Django's, and Settled has nothing like it: take it out"
)

var apps = map[string]string{
	"auth": later, "messages": later, "sessions": later,
	"admin": never, "admindocs": never, "contenttypes": never, "flatpages": never, "gis": never, "humanize": never,
	"postgres": never, "redirects": never, "sitemaps": never, "sites": never, "syndication": never,
}

var settings = func() map[string]string {
	all := map[string]string{}
	for _, group := range groups {
		for name := range strings.FieldsSeq(group.names) {
			all[name] = "it is Django's, " + group.hint
		}
	}
	return all
}()

// groups are settings by what they are for.
var groups = []struct{ hint, names string }{
	{"for sessions, which Settled does not have yet: take it out for now", `
		SESSION_CACHE_ALIAS SESSION_COOKIE_AGE SESSION_COOKIE_DOMAIN SESSION_COOKIE_HTTPONLY SESSION_COOKIE_NAME
		SESSION_COOKIE_PATH SESSION_COOKIE_SAMESITE SESSION_COOKIE_SECURE SESSION_ENGINE SESSION_EXPIRE_AT_BROWSER_CLOSE
		SESSION_FILE_PATH SESSION_SAVE_EVERY_REQUEST SESSION_SERIALIZER`},
	{"for users who log in, which Settled does not have yet: take it out for now", `
		AUTHENTICATION_BACKENDS AUTH_PASSWORD_VALIDATORS AUTH_USER_MODEL LOGIN_REDIRECT_URL LOGIN_URL LOGOUT_REDIRECT_URL
		PASSWORD_HASHERS PASSWORD_RESET_TIMEOUT PASSWORD_RESET_TIMEOUT_DAYS`},
	{"for messages to users, which Settled does not have yet: take it out for now", `MESSAGE_LEVEL MESSAGE_STORAGE MESSAGE_TAGS`},
	{"for the cache, which Settled does not have yet: take it out for now", `
		CACHES CACHE_MIDDLEWARE_ALIAS CACHE_MIDDLEWARE_KEY_PREFIX CACHE_MIDDLEWARE_SECONDS`},
	{"for its URLconf; here each app has its routes, and URLS says below which paths: take it out", `ROOT_URLCONF`},
	{"for Python's servers; `manage runserver` serves this site: take it out", `ASGI_APPLICATION WSGI_APPLICATION FORCE_SCRIPT_NAME`},
	{"for its templates; apps here use html/template, and each has its own: take it out", `TEMPLATES FORM_RENDERER`},
	{"for databases, which Settled leaves to the apps: take it out", `
		DATABASES DATABASE_ROUTERS DEFAULT_AUTO_FIELD DEFAULT_INDEX_TABLESPACE DEFAULT_TABLESPACE FIXTURE_DIRS MIGRATION_MODULES SITE_ID`},
	{"for languages and formats, which Settled leaves to the apps: take it out", `
		DATETIME_FORMAT DATETIME_INPUT_FORMATS DATE_FORMAT DATE_INPUT_FORMATS DECIMAL_SEPARATOR FIRST_DAY_OF_WEEK FORMAT_MODULE_PATH
		LANGUAGES LANGUAGES_BIDI LANGUAGE_CODE LANGUAGE_COOKIE_AGE LANGUAGE_COOKIE_DOMAIN LANGUAGE_COOKIE_HTTPONLY LANGUAGE_COOKIE_NAME
		LANGUAGE_COOKIE_PATH LANGUAGE_COOKIE_SAMESITE LANGUAGE_COOKIE_SECURE LOCALE_PATHS MONTH_DAY_FORMAT NUMBER_GROUPING
		SHORT_DATETIME_FORMAT SHORT_DATE_FORMAT THOUSAND_SEPARATOR TIME_FORMAT TIME_INPUT_FORMATS USE_I18N USE_L10N
		USE_THOUSAND_SEPARATOR YEAR_MONTH_FORMAT`},
	{"for the time zone, which Go programs take from the variable TZ: take it out", `TIME_ZONE USE_TZ`},
	{"for mail, which Settled leaves to the apps: take it out", `
		ADMINS DEFAULT_FROM_EMAIL EMAIL_BACKEND EMAIL_HOST EMAIL_HOST_PASSWORD EMAIL_HOST_USER EMAIL_PORT EMAIL_SSL_CERTFILE
		EMAIL_SSL_KEYFILE EMAIL_SUBJECT_PREFIX EMAIL_TIMEOUT EMAIL_USE_LOCALTIME EMAIL_USE_SSL EMAIL_USE_TLS IGNORABLE_404_URLS
		MANAGERS SERVER_EMAIL`},
	{"for uploads, which Settled leaves to the apps; REQUEST_BODY_LIMIT limits whole bodies, files too: take it out", `
		DATA_UPLOAD_MAX_MEMORY_SIZE DATA_UPLOAD_MAX_NUMBER_FIELDS DATA_UPLOAD_MAX_NUMBER_FILES FILE_UPLOAD_DIRECTORY_PERMISSIONS
		FILE_UPLOAD_HANDLERS FILE_UPLOAD_MAX_MEMORY_SIZE FILE_UPLOAD_PERMISSIONS FILE_UPLOAD_TEMP_DIR`},
	{"for files that users upload, which Settled leaves to the apps: take it out", `DEFAULT_FILE_STORAGE MEDIA_ROOT MEDIA_URL`},
	{"for Python's logging; `manage runserver` logs with log/slog: take it out", `LOGGING LOGGING_CONFIG`},
	{"and Settled has nothing like it: take it out", `
		ABSOLUTE_URL_OVERRIDES DEBUG_PROPAGATE_EXCEPTIONS DEFAULT_CHARSET DEFAULT_EXCEPTION_REPORTER DEFAULT_EXCEPTION_REPORTER_FILTER
		DEFAULT_HASHING_ALGORITHM FORMS_URLFIELD_ASSUME_HTTPS INTERNAL_IPS SIGNING_BACKEND TASKS TEST_NON_SERIALIZED_APPS TEST_RUNNER
		URLIZE_ASSUME_HTTPS`},
}
