"""Keys of owners, in a database of their own, and fields sealed with them. Knows nothing of what is sealed."""
