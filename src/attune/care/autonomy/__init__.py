"""What clients choose: their next step, and what they want to keep. Never counted, never asked after."""
