"""Concerns: an answer told of danger. Open until a person has answered it."""
