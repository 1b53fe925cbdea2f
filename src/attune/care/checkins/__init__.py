"""Check-ins: the asking (invitation), what came back (response), and its scores by rule."""
