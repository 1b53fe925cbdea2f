"""Instruments whose terms forbid selling or changing their wording, kept apart from the code; terms in LICENSE.md."""
