"""Conversations: transcripts read exactly, and what can be counted in them.

Owns the reading of transcript files, who speaks in which role, and measures with rules and spans. Nothing here is
learned or guessed. What was said in a session tells which practices were used, and where; it never tells how the
client felt, nor how good the alliance is (goldberg2020).
"""
