// Package settings reads a TOML settings file once and gives it out struct by
// struct: each app takes the settings that its struct has fields for, and what
// nobody took is reported. Every message knows its file, line and column.
//
//	f, err := settings.Load("settings.toml")
//	ms := f.Decode("blog", &blog)          // once for each installed app
//	f.Offer("shop", &shop)                 // linked, not installed
//	ms = append(ms, f.Unclaimed()...)      // what no app has taken
//	ms = f.Place(ms)
//
// # The file
//
// Settings are flat and in upper case; nested ones are tables. Names match
// exactly. A part of a setting is called by its path: NAME, NAME[0], NAME.key,
// NAME."quoted key".
//
// EXTENDS = "base.toml", or a list of which the later ones win, takes over the
// settings of other files, whose names end in .toml. A setting of this file, or
// a whole table, replaces theirs. Paths start at the file that holds them.
// Lists, tables and dotted names nest 24 deep at most. A file that is not TOML is
// one message, about its first fault; the files beside it are read all the same.
//
// The environment overrides settings: SETTLED_ and the name. Booleans are true
// or false; text is taken as it is; a list is a TOML array, or entries between
// commas, none of them empty (regexes: a TOML array only); a table is a TOML
// inline table. SETTLED_SETTINGS overrides nothing.
//
// # A settings struct
//
//	type Settings struct {
//		// Feeds are the feeds to read. Default: none.
//		Feeds []string `toml:"BLOG_FEEDS" alias:"BLOG_URLS" validate:"dive,url" check:"blog.E001 alias=blog.W002"`
//		// Token is for the API of the feeds' host. Default: none.
//		Token settings.Secret `toml:"BLOG_TOKEN"`
//	}
//
// The tags are
//
//   - toml: the setting's name; a field without one is no setting
//   - alias: its old name, which is read when the new one is missing
//   - validate: rules of validator/v10, and the struct's own (see [Ruled])
//   - wrong: names, between spaces, by which people look for it in vain
//   - check: ids, between spaces: of a wrong type, and tag=ID of a failed
//     rule; alias=ID of the warning about the old name, and both=ID of the
//     error when both are set
//   - should: the end of the sentence about a wrong type, such as "be a port"
//   - removed: on a [Removed] field, the end of the sentence about it
//
// A field may be a boolean, an integer, a float, a string, a time.Time, a
// [Date], a time.Duration (written "10s"), a [Secret], what has an UnmarshalText
// (written as a string), any, or a pointer to, list of or table of these, or a
// struct of them. A struct that has an UnmarshalText and fields with toml names
// may be written as a string or as a table.
//
// # Fixes
//
// A message may say how to mend the settings, as checks.Edit. [File.Place] says
// what that changes in the text, and [File.Fix] makes it: the rest of the text
// stays byte for byte, and a result that does not mean what the edits say, value
// by value, is refused.
//
// # Secrets
//
// Places come with the line of the file. In it, the value of a Secret and of
// every name for which [IsHidden] holds is replaced by stars, and no message of
// this package quotes one. When a file is not TOML, its line is shown only as
// far as it could be read.
package settings
