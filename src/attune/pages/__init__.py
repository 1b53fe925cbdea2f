"""The look: style sheets, layouts, components and the pages for trouble. Owns no data, asks no database.

Used by doors only. It must not know who is looking, nor any noun of the record: every text comes in as an argument.
"""
