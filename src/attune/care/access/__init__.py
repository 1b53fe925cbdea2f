"""Who may see an episode: relations, and the one rule behind lists and single objects. Reads membership only."""
