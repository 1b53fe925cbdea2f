"""Which form is asked when, and which questionnaires a clinic may ask."""

#: The questionnaires that can be offered, by their instrument's key.
QUESTIONNAIRES = ("phq-9",)


def form_of_session(number: int, *, always_eight: bool = False) -> str:
    """`eight` or `three`, for the session with this number (1, 2, …).

    All eight at sessions 1, 4, 12, 20 …, and when the client likes; three lines otherwise.
    """
    return "eight" if always_eight or number == 1 or number % 8 == 4 else "three"
