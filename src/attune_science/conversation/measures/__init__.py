"""What can be counted in a conversation: one module a measure, each pure, each null with a reason where it must be."""
