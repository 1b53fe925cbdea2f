"""Which check-ins go to a client by themselves, and at which hour. Nothing does until somebody chose it."""
