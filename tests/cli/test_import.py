from __future__ import annotations

import io

import pytest

from bbsterm.book import Book
from bbsterm.book.importers import IMPORTERS
from bbsterm.cli import main
from bbsterm.cli.import_ import FORMATS
from bbsterm.cli.own_book import book_paths


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("BBSTERM_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def list_file(tmp_path):
    path = tmp_path / "world.txt"
    path.write_text("a.org 23\nb.org 2323 petscii\na.org 23\n")
    return path


@pytest.fixture
def answer(monkeypatch):
    """Somebody at a terminal who answers."""

    def use(text):
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{text}\n"))
        monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
        monkeypatch.setattr("sys.stdout.isatty", lambda: True)

    return use


def entries():
    with Book.open(book_paths()) as book:
        return {(row.entry.host, row.list) for row in book.rows() if row.list is not None}


def test_the_formats_of_the_help_are_those_there_are():
    assert set(FORMATS) == {importer.name for importer in IMPORTERS}


def test_a_list_is_imported_under_its_name_with_a_report(list_file, capsys):
    assert main(["import", str(list_file)]) == 0

    assert capsys.readouterr().out == (
        "world.txt (hosts): 2 added, 1 skipped\n"
        "skipped:\n"
        "  line 3: a.org (a.org:23): same host and port as line 1; nothing new\n"
        "Imported world.txt (2 added), into the list 'world'. To take it back: bbsterm import --undo\n"
    )
    assert entries() == {("a.org", "world"), ("b.org", "world")}


def test_a_dry_run_changes_nothing(list_file, capsys, home):
    assert main(["import", "--dry-run", "--verbose", str(list_file)]) == 0

    assert "added:\n  line 1: a.org (a.org:23)\n" in capsys.readouterr().out
    assert entries() == set()
    assert not (home / "dialing.toml").exists()


def test_the_target_can_be_named(list_file):
    assert main(["import", "--list", "mine too", str(list_file)]) == 0
    assert main(["import", "--mine", "telnet://c.org"]) == 0

    assert entries() == {("a.org", "mine too"), ("b.org", "mine too"), ("c.org", "")}


def test_an_import_can_be_undone_once(list_file, capsys):
    main(["import", str(list_file)])

    assert main(["import", "--undo"]) == 0
    assert entries() == set()
    assert "Undone: Imported world.txt (2 added)" in capsys.readouterr().out
    assert main(["import", "--undo"]) == 2
    assert "there is no import to undo; nothing was changed yet" in capsys.readouterr().err


def test_other_changes_are_not_undone(capsys):
    from bbsterm.book import Entry

    with Book.open(book_paths()) as book:
        book.add(Entry("a", "a.org"))

    assert main(["import", "--undo"]) == 2
    assert "the last change was: Added a" in capsys.readouterr().err


def test_without_a_terminal_a_list_with_mistakes_needs_a_yes(tmp_path, capsys):
    path = tmp_path / "list.txt"
    path.write_text("a.org 23\nb.org 99999\n")

    assert main(["import", str(path)]) == 1
    said = capsys.readouterr()
    assert 'not readable:\n  line 2: port must be 1..65535, found "99999"\n' in said.out
    assert "nothing was imported" in said.err
    assert entries() == set()

    assert main(["import", "--yes", str(path)]) == 0
    assert entries() == {("a.org", "list")}


@pytest.mark.parametrize(("text", "code", "count"), [("", 0, 2), ("y", 0, 2), ("n", 1, 0), ("what", 1, 0)])
def test_on_a_terminal_it_asks(list_file, answer, text, code, count):
    answer(text)

    assert main(["import", str(list_file)]) == code
    assert len(entries()) == count


def test_passwords_are_counted_never_taken(tmp_path, capsys, home):
    path = tmp_path / "syncterm.lst"
    path.write_text(
        "[A]\nConnectionType=Telnet\nAddress=a.org\nPassword=hunter2\n[B]\nAddress=b.org\nPassword=x\n"
    )

    assert main(["import", "--mine", str(path)]) == 0

    assert "2 passwords in this file were not imported" in capsys.readouterr().out
    for found in home.rglob("*"):
        assert found.is_dir() or b"hunter2" not in found.read_bytes()


def test_the_password_of_a_pasted_address_is_not_shown(capsys):
    assert main(["import", "telnet://ann:hunter2@a.org"]) == 0

    said = capsys.readouterr()
    assert "hunter2" not in said.out + said.err
    assert said.out.startswith("telnet://a.org (urls): 1 added\n")


def test_an_encrypted_list_is_refused_politely(tmp_path, capsys):
    path = tmp_path / "syncterm.lst"
    path.write_text("; Encrypted INI File v2, Algorithm: AES-256, KDF: scrypt-N15, Salt: 00\n\x81")

    assert main(["import", str(path)]) == 1
    assert (
        "bbsterm: this SyncTERM list is encrypted (AES-256)\nSwitch the encryption" in capsys.readouterr().err
    )


def test_standard_input_is_read(monkeypatch, capsys):
    class Stdin:
        buffer = io.BytesIO(b"a.org 23\n")

        def isatty(self):
            return False

    monkeypatch.setattr("sys.stdin", Stdin())
    assert main(["import", "-"]) == 0
    assert entries() == {("a.org", "imported")}


def test_a_missing_file_is_said(capsys):
    assert main(["import"]) == 2
    assert main(["import", "/nowhere/list.txt"]) == 2
    assert "there is no file /nowhere/list.txt" in capsys.readouterr().err


def test_nothing_to_import_is_said(tmp_path, capsys, list_file):
    main(["import", str(list_file)])
    assert main(["import", str(list_file)]) == 0
    assert "Nothing to import." in capsys.readouterr().out


def test_a_broken_book_is_not_touched(home, list_file, capsys):
    home.mkdir()
    (home / "dialing.toml").write_bytes(b"x")

    assert main(["import", "--mine", "--yes", str(list_file)]) == 2

    assert "dialing.toml:1: expected '='" in capsys.readouterr().err
    assert (home / "dialing.toml").read_bytes() == b"x"


def test_long_reports_are_cut(tmp_path, capsys):
    path = tmp_path / "list.txt"
    path.write_text("a.org 23\n" * 50)

    main(["import", "--dry-run", str(path)])
    assert "  ... and 29 more (--verbose shows them)\n" in capsys.readouterr().out
    main(["import", "--dry-run", "--verbose", str(path)])
    assert capsys.readouterr().out.count("same host and port") == 49
