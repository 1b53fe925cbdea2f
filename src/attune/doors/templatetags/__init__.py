"""What templates of the doors may ask by themselves."""
