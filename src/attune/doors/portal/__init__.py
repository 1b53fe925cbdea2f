"""The client: one form by one link, without an account and without script."""
