// Package scaffold makes what manage startproject and startapp write: files
// from a template, in Django's way, that are written all together or not at all.
package scaffold
