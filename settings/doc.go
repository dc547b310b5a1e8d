// Package settings reads a TOML settings file once and gives it out struct by
// struct: each app takes the settings that its struct has fields for, and what
// nobody took is reported.
package settings
