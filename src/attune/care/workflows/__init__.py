"""Changes that need more than one noun, each one transaction."""
