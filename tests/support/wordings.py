"""Invented words for instruments that come without any: nothing of the originals, and nothing like them."""

from attune_science import instruments


def wording_file(key: str, *, says: str = "Line", answers: bool = True) -> bytes:
    """A wording file for this instrument; other words make it another version."""
    definition = instruments.get(key)
    options = 'options = "grades"\n' if answers else ""
    parts = [f'instrument = "{key}"\nlanguages.en = "final"\nintro.en = "Invented words."\n']
    if answers:
        first = definition.items[0]
        parts += [
            f'[[answers.grades]]\nkey = "{value}"\nvalue = {value}\ntext.en = "Step {value}"\n'
            for value in range(first.lowest, first.highest + 1)
        ]
    parts += [f'[items.{item.key}]\ntext.en = "{says} {n}"\n{options}' for n, item in enumerate(definition.items, 1)]
    return "\n".join(parts).encode()
