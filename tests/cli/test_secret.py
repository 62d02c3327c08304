"""`bbsterm secret`: kept, forgotten, listed, never shown."""

from __future__ import annotations

import io
import json
import os
import pty
import subprocess
import sys

import pytest

from bbsterm.book import Book, Entry
from bbsterm.cli.base import run_command
from bbsterm.cli.own_book import book_paths
from bbsterm.tui.dialer_rows import about, cells_of


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("BBSTERM_HOME", str(tmp_path))
    monkeypatch.setenv("BBSTERM_VAULT_PASSPHRASE", "correct horse")
    monkeypatch.setattr("bbsterm.vault.sealed._COST", 16)
    with Book.open(book_paths()) as book:
        book.add(Entry("Xibalba", "xib.example", 44510))
        book.add(Entry("Other", "other.example"))
    return tmp_path


def stdin(monkeypatch, text):
    monkeypatch.setattr("sys.stdin", io.StringIO(text))


def reference(name="Xibalba"):
    with Book.open(book_paths()) as book:
        return book.find(name)[0].secret


def test_into_the_vault_and_out_of_it(monkeypatch, capsys, home):
    stdin(monkeypatch, "hunter2\n")

    assert run_command(["secret", "set", "Xibalba", "--in", "vault", "--stdin", "--user", "ann"]) == 0

    assert capsys.readouterr().out == "Xibalba: kept in the vault, for xib.example:44510 only.\n"
    assert reference().startswith("file:")
    assert b"hunter2" not in (home / "dialing.toml").read_bytes() + (home / "secrets.vault").read_bytes()

    assert run_command(["secret", "forget", "Xibalba"]) == 0
    assert capsys.readouterr().out == "Xibalba: forgotten.\n"
    assert reference() == ""


def test_plain_text_wants_consent(monkeypatch, capsys, home):
    stdin(monkeypatch, "hunter2\n")
    command = ["secret", "set", "Xibalba", "--in", "plain", "--stdin"]

    assert run_command(command) == 2
    assert "'plain text'" in capsys.readouterr().err
    assert not (home / "secrets-in-plain-text.json").exists()
    assert reference() == ""

    assert run_command([*command, "--consent", "Plain text"]) == 0
    assert (home / "secrets-in-plain-text.json").stat().st_mode & 0o777 == 0o600
    run_command(["secret", "list"])
    assert "PLAIN TEXT" in capsys.readouterr().out
    run_command(["list"])
    assert "!\tXibalba" in capsys.readouterr().out
    with Book.open(book_paths()) as book:
        row = book.row(book.find("Xibalba")[0].id)
    assert cells_of(row, 0.0, lambda row: "")["fav"] == "!"
    assert about(row, None, "").startswith("! Its password is kept in plain text.")


def test_moved_to_a_better_place_it_is_gone_from_the_old_one(monkeypatch, home):
    stdin(monkeypatch, "hunter2\n")
    run_command(["secret", "set", "Xibalba", "--in", "plain", "--stdin", "--consent", "plain text"])
    stdin(monkeypatch, "hunter2\n")
    run_command(["secret", "set", "Xibalba", "--in", "vault", "--stdin"])

    assert b"hunter2" not in (home / "secrets-in-plain-text.json").read_bytes()


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("ask", "ask"),
        ("command:bbs/xib", "command:bbs/xib"),
        ("env:XIB_PW", "env:XIB_PW"),
        ("command", "command"),
    ],
)
def test_places_that_keep_nothing_ask_for_nothing(place, expected):
    assert run_command(["secret", "set", "Xibalba", "--in", place]) == 0
    assert reference() == expected


def test_the_list_has_references_only(monkeypatch, capsys):
    stdin(monkeypatch, "hunter2\n")
    run_command(["secret", "set", "Xibalba", "--in", "vault", "--stdin"])
    capsys.readouterr()

    run_command(["secret", "list", "--json"])

    (listed,) = json.loads(capsys.readouterr().out)
    assert listed["name"] == "Xibalba"
    assert listed["secret"].startswith("file:")


def test_the_places_say_why_they_do_not_work(capsys):
    assert run_command(["secret", "places"]) == 0

    out = capsys.readouterr().out
    assert "command  no: it is not set" in out
    assert "ask      works" in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["set"], "needs the name of a board"),
        (["set", "Xibalbb"], "Did you mean 'Xibalba'"),
        (["set", "Xibalba", "--in", "cloud"], "no place 'cloud'"),
        (["set", "Xibalba", "--in", "vault"], "nobody to ask"),
        (["set", "Xibalba", "--in", "env:"], "no reference"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(monkeypatch, capsys, arguments, said):
    stdin(monkeypatch, "")

    assert run_command(["secret", *arguments]) in (1, 2)
    assert said in capsys.readouterr().err
    assert reference() == ""


def test_an_empty_password_is_not_kept(monkeypatch, capsys):
    stdin(monkeypatch, "\n")

    assert run_command(["secret", "set", "Xibalba", "--in", "vault", "--stdin"]) == 1
    assert "an empty password" in capsys.readouterr().err
    assert reference() == ""


def test_on_a_terminal_it_is_asked_for_without_echo(home):
    keyboard, tty = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "bbsterm", "secret", "set", "Xibalba", "--in", "vault"],
        stdin=tty,
        stdout=tty,
        stderr=tty,
        start_new_session=True,
    )
    os.close(tty)
    seen = b""
    while b"Password for Xibalba" not in seen:
        seen += os.read(keyboard, 1024)
    os.write(keyboard, b"hunter2\n")
    try:
        while data := os.read(keyboard, 1024):
            seen += data
    except OSError:  # Linux says so when the other side has gone
        assert process.wait(20) == 0
    os.close(keyboard)

    assert b"hunter2" not in seen
    assert b"kept in the vault" in seen
