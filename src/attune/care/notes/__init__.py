"""What therapists write about themselves around an hour. Nobody else reads it, and it folds away."""
