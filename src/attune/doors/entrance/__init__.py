"""The front door: who are you, help now, and what is shown when something went wrong."""
