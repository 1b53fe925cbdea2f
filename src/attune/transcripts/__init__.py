"""Transcripts of sessions, each sealed with a key of its own, and what was found in them.

Owns the text, its findings and their contesting. A transcript is there only while every participant's consent
stands; when it goes, its key goes first, then its rows. Must not know of pages or of the brief.
"""
