from __future__ import annotations

import pytest

from bbsterm.errors import UsageError
from bbsterm.net.address import Address
from bbsterm.session.events import CallEnded
from bbsterm.session.recent import RecentCall
from bbsterm.session.settings import CallSettings
from bbsterm.tui.keeper import Keeper


@pytest.fixture
def keeper(paths):
    made = Keeper(paths)
    made.problems = []
    made.complain = made.problems.append
    return made


def test_a_call_is_remembered_and_can_be_made_again(keeper):
    address, settings = Address("bbs.example", 2323, "telnets"), CallSettings(name="BBS", terminal="utf8")

    keeper.remember(address, settings, CallEnded("hung up", None, 12.0))

    (recent,) = keeper.recents()
    assert (recent.name, recent.address, recent.kind) == ("BBS", "telnets://bbs.example:2323", "utf8")
    again, how = keeper.again(recent)
    assert again == address
    assert (how.name, how.terminal) == ("BBS", "utf8")
    assert keeper.problems == []


def test_nobody_called_yet_means_no_file(keeper, paths):
    assert keeper.recents() == ()
    assert not paths.recent.exists()


def test_a_damaged_history_is_said_and_life_goes_on(keeper, paths):
    paths.recent.parent.mkdir(parents=True, exist_ok=True)
    paths.recent.write_bytes(b"this is no database, and never was" * 100)

    assert keeper.recents() == ()
    keeper.remember(Address("h"), CallSettings(), CallEnded("hung up", None, 0.0))

    assert len(keeper.problems) == 2
    assert str(paths.recent) in keeper.problems[0]


def test_settings_are_the_user_s(keeper, paths):
    paths.settings.write_text('[terminal]\nkind = "utf8"\nrows = 30\n[dial]\ntimeout = 3\nfamily = "6"\n')

    defaults = keeper.defaults()

    assert (defaults.terminal, defaults.rows, defaults.connect_timeout) == ("utf8", 30, 3.0)
    assert defaults.family.value == "6"


def test_settings_that_cannot_be_read_are_said_and_left_alone(keeper, paths):
    paths.settings.write_text("[terminal]\nrows = many\n")

    assert keeper.defaults() == CallSettings()
    assert f"{paths.settings}:2" in keeper.problems[0]
    assert paths.settings.read_text() == "[terminal]\nrows = many\n"


def test_a_stored_address_is_read_as_strictly_as_a_typed_one(keeper):
    with pytest.raises(UsageError):
        keeper.again(RecentCall("x", "-oProxyCommand=sh", "ansi", 0.0, 1))


def test_a_chosen_encoding_counts_in_the_next_call(keeper):
    address = Address("bbs.example", 2323)
    keeper.remember(address, CallSettings(), CallEnded("hung up", None, 12.0))
    keeper.remember_encoding(address, "petscii", "petscii")

    (recent,) = keeper.recents()
    _, again = keeper.again(recent)
    assert (again.terminal, again.encoding) == ("petscii", "petscii")
    assert keeper.as_chosen(address, CallSettings(rows=37)) == CallSettings(
        terminal="petscii", encoding="petscii", rows=37
    )
    assert keeper.as_chosen(Address("other.example", 23), CallSettings()) == CallSettings()


def test_a_damaged_history_has_no_encodings(keeper, paths):
    paths.recent.parent.mkdir(parents=True, exist_ok=True)
    paths.recent.write_bytes(b"this is no database, and never was" * 100)
    address = Address("bbs.example", 2323)

    assert keeper.as_chosen(address, CallSettings()) == CallSettings()
    keeper.remember_encoding(address, "ansi", "cp866")

    assert len(keeper.problems) == 2
