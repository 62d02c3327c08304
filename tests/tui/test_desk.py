from __future__ import annotations

from bbsterm.book import Entry
from bbsterm.session.entries import settings_of
from bbsterm.session.settings import CallSettings


def test_a_login_that_was_learnt_holds_from_the_next_call_on(keeper):
    entry = keeper.book.add(Entry("Xibalba", "xibalba.example", 44510))
    dialled = settings_of(entry)

    assert keeper.desk.set_login(dialled, "xib")
    assert keeper.desk.set_secret(dialled, "keyring")

    now = keeper.desk.fresh(dialled)
    assert (now.login, now.secret, now.home) == ("xib", "keyring", dialled.home)
    assert settings_of(keeper.book.mine[0]).login == "xib"


def test_the_demo_board_has_a_login_too(keeper):
    assert keeper.desk.demo_login == ""

    assert keeper.desk.set_login(CallSettings(entry="demo"), "guest")

    assert keeper.desk.demo_login == "guest"
    assert keeper.desk.fresh(CallSettings(entry="demo")).login == "guest"


def test_a_call_to_no_entry_has_nothing_to_remember_it_in(keeper):
    assert not keeper.desk.set_login(CallSettings(), "x")
    assert keeper.desk.fresh(CallSettings(login="y")).login == "y"


def test_an_entry_that_was_deleted_meanwhile_is_no_trouble(keeper):
    entry = keeper.book.add(Entry("Xibalba", "xibalba.example", 44510, login="xib"))
    dialled = settings_of(entry)
    keeper.book.delete(entry)

    assert not keeper.desk.set_login(dialled, "other")
    assert keeper.desk.fresh(dialled).login == "xib"


def test_answers_are_remembered(keeper):
    keeper.desk.set_note("login:x", "yes")

    assert keeper.desk.note("login:x") == "yes"
    assert keeper.desk.note("login:y") == ""
