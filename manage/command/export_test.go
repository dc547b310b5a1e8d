package command

var (
	NewConsole = newConsole
	TOMLValue  = tomlValue
	Clean      = clean
)
