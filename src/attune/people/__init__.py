"""Who is who: the installation, persons, their sign-in, their roles. Knows nothing of the care record."""
