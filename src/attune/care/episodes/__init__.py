"""Episodes: who works together, and who else may see it. Owns membership and grants; imports no other noun."""
