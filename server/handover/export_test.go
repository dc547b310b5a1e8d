package handover

import "time"

// SetAnswerTime is for programs that never answer.
func SetAnswerTime(d time.Duration) { answerTime = d }
