"""Ids, the clock, kinds of fields, errors. Owns no table and knows no word of the clinic."""
