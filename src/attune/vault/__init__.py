"""Keys of owners, in a database of their own, and the fields that they seal.

Owns one table. Knows nothing of who an owner is: a kind and an id. Holds no content, ever.
"""
