"""Which forms have a score, and what their items take: said in words to whoever names the wrong one."""

from attune_science.errors import ScienceError
from attune_science.instruments import Definition, Item, Scale


def scales_of(definition: Definition, form: str) -> tuple[Scale, ...]:
    """The scales whose items are all on a form."""
    asked = {item.key for item in definition.asked(form)}
    return tuple(scale for scale in definition.scales if asked.issuperset(scale.items))


def list_forms(definition: Definition, form: str | None) -> list[str]:
    """The form that was named, or all that have a score.

    Raises
    ------
    ScienceError
        When there is none.
    """
    forms = [one for one in definition.forms if scales_of(definition, one)]
    if form is not None and form not in forms:
        raise ScienceError(
            f"{definition.key} has no such form with a score.",
            f"Those that it has are: {', '.join(forms) or 'none'}.",
            "Name one of these, or leave the form out.",
        )
    if not forms:
        raise ScienceError(f"{definition.key} has no score.", "No rule adds its answers up.", "Choose another.")
    return forms if form is None else [form]


def allowed(item: Item) -> str:
    """Which answers an item takes, in words."""
    numbers = "a whole number" if item.step == 1 else f"a number in steps of {item.step:g}"
    return f"{numbers} from {item.lowest:g} to {item.highest:g}, or “-” where it was left open"
