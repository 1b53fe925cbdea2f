"""What leaves the house: that there is something, and a link. Owns the outbox and the leases of sweeps.

Knows persons and where they are written to; nothing of the record. What a letter is about it knows by an id alone, and
whoever stands above says whether it is still to be sent, and makes its link.
"""
