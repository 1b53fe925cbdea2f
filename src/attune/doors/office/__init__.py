"""The operator: what runs the clinic, and nothing of any client."""
