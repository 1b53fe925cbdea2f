"""Appointments (planned) and sessions (happened)."""
