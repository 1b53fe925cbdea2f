"""The care record: one folder a noun, one graph of keys, one line of migrations."""
