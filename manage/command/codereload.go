package command

import (
	"context"
	"net"
	"os"
	"runtime/debug"
	"sync"

	"github.com/settled-go/settled/internal/gobuild"
	"github.com/settled-go/settled/internal/printable"
	"github.com/settled-go/settled/server/handover"
)

// A codeReload replaces the program that serves when its code changes. This
// process becomes the supervisor of the next.
type codeReload struct {
	*run
	program *gobuild.Program
	watch   codeWatch

	scratch func() (*gobuild.Scratch, error) // made when it is first needed

	mu       sync.Mutex
	builds   int
	latest   string   // the program that was built last
	live     string   // the one that serves; "": this one
	troubles []string // what is wrong with the code, as it was told last
}

// newCodeReload is one, or why there can't be one, which is "" where nobody
// expects it. A program that did not start may do so when one of the settings
// files has changed.
func (r *run) newCodeReload(c runserver, settingsFiles []string) (reload *codeReload, why string) {
	if c.noReload || r.args == nil || isStockProgramAway() {
		return nil, ""
	}
	if !handover.Supported {
		return nil, "on this system no program can take over the socket of another"
	}
	program, err := gobuild.Running()
	if err != nil {
		return nil, err.Error()
	}
	scratch := sync.OnceValues(func() (*gobuild.Scratch, error) {
		s, err := gobuild.NewScratch()
		if err == nil {
			program.Temp = s.Dir()
		}
		return s, err
	})
	return &codeReload{run: r, program: program, scratch: scratch, watch: newCodeWatch(program, settingsFiles)}, ""
}

// isStockProgramAway says that this is Settled's own program, installed, and that it
// serves a settings file that no code belongs to, such as that of a gateway.
func isStockProgramAway() bool {
	info, ok := debug.ReadBuildInfo()
	dir, err := os.Getwd()
	return ok && err == nil && info.Path == "github.com/settled-go/settled/manage" && !gobuild.InModule(dir)
}

// supervise serves l: by serve at first, then by programs that are built as the
// code changes. It returns when ctx is done and all of them have ended.
func (c *codeReload) supervise(ctx context.Context, l *net.TCPListener, serve func(context.Context, net.Listener) error) error {
	s := &handover.Supervisor{
		Serve: func(generation context.Context, l net.Listener) error {
			err := serve(generation, l)
			if err != nil && generation.Err() != nil && ctx.Err() == nil {
				c.complain(err) // another serves already
				return nil
			}
			return err
		},
		Changes: c.watch.changes, Build: c.build, Tell: c.tell,
	}
	watching, stop := context.WithCancel(ctx)
	var watcher sync.WaitGroup
	watcher.Go(func() {
		_, err := c.scratch()
		if err == nil {
			err = c.watch.run(watching, c.complain)
		}
		if err != nil {
			c.warn("Changed code does not reload: " + printable.Line(err.Error()) + ".")
		}
	})
	err := s.Run(ctx, l)
	stop()
	watcher.Wait()
	if scratch, failed := c.scratch(); failed == nil {
		err = closing(err, scratch.Close())
	}
	return err
}
