"""Measurement for the therapeutic alliance: instruments, scoring, signals.

Owns the definitions of what is asked, the rules by which answers become scores, and what may be noticed in a
course of them. Needs Python's standard library alone and must not know of Django, of `attune`, or of any person.
"""
