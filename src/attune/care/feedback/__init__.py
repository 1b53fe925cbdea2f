"""What clients ask for, in their own words, what was answered, and what they say came of it.

Each wish is a loop: you said, we changed it (or kept it, or let us talk), it is better (or not). The share answered is
told on that client's page alone, in a sentence; it is nobody's rate.
"""
