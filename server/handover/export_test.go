package handover

import "time"

// SetAnswerTime is for programs that never answer.
func SetAnswerTime(d time.Duration) { answerTime = d }

// SetLeaveTime is for programs that do not leave.
func SetLeaveTime(d time.Duration) { leaveTime = d }
