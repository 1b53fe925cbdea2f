"""What a client and their therapists write to each other between sessions, each client alone. Nobody watches it."""
