"""The file in which a clinic writes the words that it holds a licence for: every name and range, and no word."""

from collections.abc import Iterator

from attune_science.instruments import Definition, Item

#: Up to so many values, each can have words of its own; beyond that a number is asked for.
_MOST_ANSWERS = 11

_HEAD = """\
# The wording of {name}, for Attune.
#
# Only a clinic that holds a licence for use on screen may fill this in and load it.
# Write between the quotes, change no name, save it as UTF-8 text, and load it where you got it.
# A line that begins with # is a note and counts for nothing.

instrument = "{key}"

# The languages of your wording, each "final" or "draft". For another one, add a line here: languages.es = "draft"
# and a line beside every text below: text.es = "..."
languages.en = "final"

# What stands above the first question. If something does, take the # away.
# intro.en = ""
"""


def empty_form(definition: Definition) -> str:
    """A wording file with nothing filled in; as it is, it would be refused."""
    head = _HEAD.format(name=definition.name, key=definition.key)
    ranges = dict.fromkeys(_range(item) for item in definition.items if _has_answers(item))
    parts = [part for lowest, highest in ranges for part in _answers(lowest, highest)]
    return "\n".join([head, *parts, *(_question(item) for item in definition.items)])


def _range(item: Item) -> tuple[int, int]:
    return item.lowest, item.highest


def _has_answers(item: Item) -> bool:
    return item.step == 1 and item.highest - item.lowest < _MOST_ANSWERS


def _set(lowest: int, highest: int) -> str:
    return f"from-{lowest}-to-{highest}"


def _answers(lowest: int, highest: int) -> Iterator[str]:
    name = _set(lowest, highest)
    yield (
        f"# The words of the answers, one for each value from {lowest} to {highest}.\n"
        f'# To ask for the bare number instead, delete them all, and every line options = "{name}".\n'
    )
    for value in range(lowest, highest + 1):
        yield f'[[answers.{name}]]\nkey = "{value}"\nvalue = {value}\ntext.en = ""\n'


def _question(item: Item) -> str:
    how = f"from {item.lowest} to {item.highest}" + ("" if item.step == 1 else f", in steps of {item.step:g}")
    options = f'options = "{_set(*_range(item))}"\n' if _has_answers(item) else ""
    return f'[items.{item.key}]\n# Answered {how}.\ntext.en = ""\n{options}'
