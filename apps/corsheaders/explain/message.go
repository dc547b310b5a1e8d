package explain

import "context"

func explainMessage(ctx context.Context, o *options, s *site, pasted string, out *report) (bool, error) {
	return true, nil
}
