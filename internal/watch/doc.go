// Package watch tells when files change: files by name, and trees of folders.
//
//	w, err := watch.New(watch.Options{OnError: complain})
//	w.Set(watch.Targets{Files: []string{"settings.toml"}})
//	for change := range w.Changes() {
//		// look at the files
//	}
//
// # Names, not files
//
// What is watched is a name. Editors save by writing another file and renaming
// it, so the folder is watched, and a name may be of a file that does not exist
// yet, in folders that don't. On the way to a file each symbolic link is watched
// too: Kubernetes changes a mounted file by exchanging a link to its folder.
//
// # Bursts
//
// A save is several events, and a generator may write ten thousand files. What
// changes is collected until nothing has changed for [Options.Quiet], though not
// for longer than [Options.MaxWait], and told as one [Change]. Two changes are at
// least [Options.Rest] apart. What happens while nobody receives is collected
// too. An event costs a map lookup: no timer, no goroutine, no look at the disk
// but for entries that are new in a tree.
//
// # What a change says
//
// It says where to look, and not that the content differs: a file may have been
// written with the bytes it had, and a writer may not have finished. A change of
// a file's mode or owner alone is not told.
package watch
