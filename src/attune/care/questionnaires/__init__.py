"""Which questionnaires are asked of whom, how often, and in which form."""
