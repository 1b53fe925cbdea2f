"""The therapist: episodes, the brief, after the session."""
