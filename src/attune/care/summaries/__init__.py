"""What a therapist writes of a session for those whom it was with: theirs to read, once it is shown to them."""
