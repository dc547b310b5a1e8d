package settings

import (
	"fmt"
	"time"
)

// A Date is a day of the calendar, without a time zone: TOML's local date,
// written as 2027-01-31 without quotes. The zero Date is none. Dates can be
// compared with ==.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// DateOf is the day that it is at a time, in that time's zone.
func DateOf(t time.Time) Date {
	year, month, day := t.Date()
	return Date{year, month, day}
}

// IsZero says that the date is none.
func (d Date) IsZero() bool { return d == Date{} }

// Before says whether the day comes before another.
func (d Date) Before(other Date) bool {
	if d.Year != other.Year {
		return d.Year < other.Year
	}
	if d.Month != other.Month {
		return d.Month < other.Month
	}
	return d.Day < other.Day
}

// String is the date as TOML has it; "" for none.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// isLocalDate tells TOML's dates from its times. The TOML library has no other
// sign for it than the name of the zone.
func isLocalDate(t time.Time) bool { return t.Location().String() == "date-local" }

// date fills a Date.
func (c *conversion) date(dst *Date, value any, at *trail, want *expectation) bool {
	t, ok := value.(time.Time)
	if !ok || !isLocalDate(t) {
		return c.mismatch(dateType, value, at, want)
	}
	*dst = DateOf(t)
	return true
}
