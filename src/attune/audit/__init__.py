"""Who did or saw what, when: ids only, append-only, chained. Knows nothing of what the ids name."""
