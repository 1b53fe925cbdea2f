"""Every read across nouns, a file a page. Owns nothing that cannot be built again."""
