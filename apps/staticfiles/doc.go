// Package staticfiles is django.contrib.staticfiles: style sheets, scripts, images
// and fonts, found in the folders of the settings and in the installed apps, served
// while developing, and collected with hashed names for production.
//
//	INSTALLED_APPS = ["django.contrib.staticfiles", "polls"]
//	STATIC_URL = "static/"
//	STATICFILES_DIRS = ["assets"]
//	STATIC_ROOT = "public"
//
// An app brings files by a method StaticFiles, see Provider. URL is Django's template
// tag static: the URL of a file, with the hash in its name where there is one.
package staticfiles
