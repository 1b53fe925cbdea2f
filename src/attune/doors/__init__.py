"""The doors: pages cut by who is looking. They own no tables and do not know each other."""
