"""How often a form is tried, and by whom; the first body that is answered wrongly is told, as small as it was found."""

import logging
import warnings
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from forms_answers import Answers, faults
from forms_world import RIGHT, Visit
from hypothesis import HealthCheck, given, seed
from hypothesis import settings as hypothesis
from hypothesis import strategies as st
from hypothesis.errors import HypothesisWarning
from support.forms_sent import Body, bent, nearly_right


def bodies(visit: Visit) -> st.SearchStrategy[Body]:
    """Whatever may be sent to the forms that stand here."""
    return st.sampled_from(visit.forms).flatmap(lambda form: bent(form, RIGHT))


@contextmanager
def _untold() -> Iterator[None]:
    """Nothing is logged meanwhile: pytest keeps every line, and with it the whole request (measured: gigabytes)."""
    logging.disable()
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


def wrong_of(visit: Visit, answers: Answers, examples: int, *, again: bool = True) -> list[str]:
    """What is wrong about the answers to what is offered, and to so many others. `again`: the same ones each run."""

    @hypothesis(max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(body=bodies(visit))
    def anything(body: Body) -> None:
        check(visit, answers, body)

    tried: Callable[[], None] = seed(zlib.crc32(str(visit).encode()))(anything) if again else anything
    with warnings.catch_warnings(action="ignore", category=HypothesisWarning), _untold():  # a body may be large
        try:
            for form in visit.forms if visit.leads else ():
                check(visit, answers, next(nearly_right(form, RIGHT))[1])
            tried()
        except AssertionError as wrong:
            print(wrong)
            return [str(wrong).splitlines()[0]]
    return []


def check(visit: Visit, answers: Answers, body: Body) -> None:
    """Send it; whatever is wrong about the answer is said."""
    found = faults(visit, answers.send(visit, body))
    assert not found, f"{visit}: {'; '.join(found)}, to {body}"


def wrong_of_all(
    visits: Iterable[Visit], answers: Answers, how_often: Callable[[Visit], int], *, again: bool = True
) -> list[str]:
    """Of everybody."""
    return [told for visit in visits for told in wrong_of(visit, answers, how_often(visit), again=again)]
