package explain

import "context"

func explainLive(ctx context.Context, s *site, q question, out *report) bool { return true }
