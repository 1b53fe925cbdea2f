"""What a participant has agreed to: specific, for one session, and revocable at any time."""
