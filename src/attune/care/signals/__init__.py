"""Signals: what the machine noticed, with rule, version, basis and limits. People name things, not signals."""
