"""`attune invite-operator`, `attune staff`: no default account; a link sets the password, once."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from support.both_factors import give_app
from support.cast import Cast, make_cast

from attune.base import clock
from attune.base.errors import Conflict, Refused
from attune.cli import _parser
from attune.commands import run
from attune.people.actions import give_client_account
from attune.people.links import get_link
from attune.people.models import Account, Role
from attune.vault.keys import keyring


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def link_of(said: str) -> str:
    """The token of the one link that was printed."""
    (token,) = re.findall(rf"^{re.escape(settings.ATTUNE.url)}/welcome/(\S+)/$", said, re.MULTILINE)
    return str(token)


def test_the_first_operator_comes_in_by_a_link(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(_parser().parse_args(["invite-operator", "--name", "Noor", "--email", "noor@example.org"])) == 0
    account = Account.objects.get(email="noor@example.org")
    assert not account.has_usable_password(), "there is no default password"
    assert Role.objects.get(person=account.person).name == "operator"
    assert get_link(link_of(capsys.readouterr().out), at=clock.now()).account == account


def test_a_colleague_is_entered_all_or_nothing(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["staff", "add", "--name", "Noor", "--role", "therapist", "--email"]
    with pytest.raises(Conflict):
        run(_parser().parse_args([*words, "ben@example.org"]))
    assert Role.objects.count() == 4
    assert run(_parser().parse_args([*words, "noor@example.org"])) == 0
    assert get_link(link_of(capsys.readouterr().out), at=clock.now()).account.email == "noor@example.org"


@pytest.mark.parametrize("forget", [False, True])
def test_a_new_link_keeps_the_second_factor_unless_told(
    cast: Cast, capsys: pytest.CaptureFixture[str], forget: bool
) -> None:
    give_app(cast.accounts["Ben"])
    words = ["staff", "link", "--email", "BEN@example.org", *(["--forget-factors"] if forget else [])]
    assert run(_parser().parse_args(words)) == 0
    assert get_link(link_of(capsys.readouterr().out), at=clock.now()).account == cast.accounts["Ben"]
    assert Authenticator.objects.filter(user=cast.accounts["Ben"]).exists() is not forget


def test_nobody_gets_no_link(cast: Cast) -> None:
    with pytest.raises(Refused, match="staff add"):
        run(_parser().parse_args(["staff", "link", "--email", "nobody@example.org"]))


def test_a_client_is_given_no_way_in_from_here(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    with keyring():
        give_client_account(cast.amara.person, email="amara@example.org", by=cast.ben, at=clock.now())
    with pytest.raises(Refused, match="Nobody signs in with this address"):
        run(_parser().parse_args(["staff", "link", "--email", "amara@example.org"]))
    assert "welcome" not in capsys.readouterr().out
