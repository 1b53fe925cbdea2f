"""The eight practices as lenses: pure values in, readings out, and the one-page brief composed from them.

Owns no record and knows no Django, no clock and no database. A ninth practice over evidence that exists is one more
file of the same form, and its name in `lenses.py`.
"""
