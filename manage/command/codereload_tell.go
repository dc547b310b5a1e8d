package command

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/settled-go/settled/internal/gobuild"
	"github.com/settled-go/settled/internal/printable"
	"github.com/settled-go/settled/server/handover"
)

// tell is the handover.Supervisor's.
func (c *codeReload) tell(e handover.Event) {
	switch e := e.(type) {
	case handover.Building:
		c.say(printable.Line(c.watch.what()) + " changed, reloading.")
	case handover.Live:
		c.lives()
		c.watch.built(true)
		c.say(live(e))
	case handover.NotBuilt:
		same := e.Err == handover.ErrSame
		c.watch.built(same)
		if same {
			c.say("Nothing to reload: the program is the same.")
		} else {
			c.notBuilt(e)
		}
	case handover.NotStarted:
		c.watch.built(false)
		c.warn(fmt.Sprintf("The new program did not start: %v.%s", how(e.Err), others(e.Serving)))
	case handover.Ended:
		next := " Requests wait until a change brings one that serves."
		if e.Restarts {
			next = " It is started again."
		}
		c.warn(fmt.Sprintf("The program has ended: %v.%s", how(e.Err), next))
	}
}

func live(e handover.Live) string {
	if e.Build == 0 {
		return fmt.Sprintf("Serving again, after %v.", e.Start.Round(time.Millisecond))
	}
	return fmt.Sprintf("Reloaded: built in %v, took over in %v.", e.Build.Round(10*time.Millisecond), e.Start.Round(time.Millisecond))
}

// notBuilt prints what the compiler has to say, unless it said so before.
func (c *codeReload) notBuilt(e handover.NotBuilt) {
	broken, ok := errors.AsType[*gobuild.CodeError](e.Err)
	if !ok {
		c.warn(fmt.Sprintf("The code could not be built: %s.%s", printable.Line(e.Err.Error()), others(e.Serving)))
		return
	}
	if slices.Equal(broken.Lines, c.troubles) {
		c.say("The code does not build, for the same reasons." + others(e.Serving))
		return
	}
	c.troubles = broken.Lines
	// In one Write, or lines about requests would come between.
	text := c.red("The code does not build." + others(e.Serving))
	for _, line := range broken.Lines {
		text += "\n" + printable.Lines(line)
	}
	fmt.Fprintln(c.Stderr, text)
}

// others says who serves instead.
func others(serving bool) string {
	if serving {
		return " The program from before serves on."
	}
	return " Requests wait until a change brings a program that serves."
}

// how says how a program has ended.
func how(err error) string {
	if err == nil {
		return "exit status 0"
	}
	return printable.Line(err.Error())
}
