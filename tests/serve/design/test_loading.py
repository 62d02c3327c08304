from __future__ import annotations

import contextlib
import shutil

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bbsterm import limits
from bbsterm.errors import ConfigError
from bbsterm.serve.design.loading import builtin, load_design, stamp
from bbsterm.serve.design.model import Role
from bbsterm.serve.design.starting import write_starter


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "attic"
    write_starter(folder)
    return folder


def change(path, before, after):
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")


def test_a_starter_is_the_built_in_board(folder):
    mine, ours = load_design(folder), builtin()

    assert (mine.name, mine.menus, mine.art, mine.gallery) == (ours.name, ours.menus, ours.art, ours.gallery)
    assert (mine.messages, mine.rooms) == (ours.messages, ours.rooms)
    assert mine.files["texts"].folder == folder / "files"
    assert (folder / "README.md").exists()


def test_what_is_left_out_is_as_in_the_built_in_board(tmp_path):
    (tmp_path / "board.toml").write_text('name = "The Attic"\n')

    design = load_design(tmp_path)

    assert design.name == "The Attic"
    assert design.menus == builtin().menus
    assert design.texts.say("login.welcome") == "|07 Welcome to |15The Attic|07. Nothing in here can break."


def test_a_board_is_its_sysops_own(folder):
    (folder / "board.toml").write_text(
        'name = "Attic"\nguests = false\nsignup = false\n'
        '[messages.staff]\ntitle = "Staff"\nread = "sysops"\nwrite = "sysops"\n'
        '[rooms.bar]\ntitle = "Bar"\nfor = "users"\n'
    )
    (folder / "menus" / "games.toml").write_text('title = "Games"\n[B]\ntitle = "Bar"\ngo = "room:bar"\n')
    (folder / "art" / "rules.ans").write_bytes(b"Be kind.\x1aSAUCE00")
    change(folder / "menus" / "main.toml", 'go = "speed"', 'go = "menu:games"')
    change(folder / "menus" / "main.toml", 'go = "terminal"', 'go = "show:rules"')

    design = load_design(folder)

    assert (design.guests, design.signup) == (False, False)
    assert design.messages["staff"].read is Role.SYSOPS
    assert design.rooms["bar"].who is Role.USERS
    assert design.menus["games"].items[0].go == "room:bar"
    assert design.art["rules.ans"] == b"Be kind."


@pytest.mark.parametrize(
    ("file", "before", "after", "said"),
    [
        ("board.toml", "guests =", "gests =", r"board\.toml:\d+: 'gests' is not known here; .*'guests'"),
        ("board.toml", "guests = true", "guests = 1", r"board\.toml:6: guests must be true or false"),
        ("board.toml", 'main = "main"', 'main = "mian"', r"board\.toml:5: .*no menu 'mian'.*'main'"),
        ("board.toml", "[messages.retro]", "[messages.Re tro]", r"board\.toml:\d+: "),
        ("board.toml", 'folder = "files"', 'folder = "nowhere"', r"board\.toml:\d+: there is no folder"),
        ("board.toml", "[gallery.julia]", "[gallery.jula]", r"board\.toml:\d+: .*jula\.ans.*'julia'"),
        ("board.toml", 'title = "Julia"', 'titel = "Julia"', r"board\.toml:\d+: title is missing"),
        ("menus/main.toml", 'go = "chat"', 'go = "chatt"', r"main\.toml:\d+: go cannot be 'chatt'.*'chat'"),
        ("menus/main.toml", 'go = "chat"', 'go = "room:loby"', r"main\.toml:\d+: .*room 'loby'.*'lobby'"),
        ("menus/main.toml", 'go = "chat"', 'go = "rom:lobby"', r"main\.toml:\d+: .*'rom:'.*'room'"),
        ("menus/main.toml", "[C]", "[CC]", r"main\.toml:\d+: 'CC' is no key"),
        ("menus/main.toml", "[C]", "[W]", r"main\.toml:\d+: "),
        ("menus/main.toml", 'for = "sysops"', 'for = "sysop"', r"main\.toml:\d+: .*'sysop'.*'sysops'"),
        ("menus/main.toml", 'art = "menu"', 'art = "meno"', r"main\.toml:\d+: .*meno\.ans.*'menu'"),
        ("texts.toml", "wrong =", "worng =", r"texts\.toml:\d+: no text|texts\.toml:\d+: there is no text"),
        ("texts.toml", "{reason}", "{raeson}", r"texts\.toml:\d+: .*\{raeson\}.*'reason'"),
        ("texts.toml", 'wrong = "', 'wrong = "\\u001b[2J', r"texts\.toml:\d+: .*control characters"),
        ("texts.toml", 'wrong = "', "wrong = ", r"texts\.toml:\d+: "),
    ],
)
def test_a_mistake_is_told_by_file_line_and_the_nearest_right_word(folder, file, before, after, said):
    change(folder / file, before, after)

    with pytest.raises(ConfigError, match=said):
        load_design(folder)


def test_the_line_is_the_right_one(folder):
    text = (folder / "menus" / "main.toml").read_text()
    line = text[: text.index('go = "wall"')].count("\n") + 1
    change(folder / "menus" / "main.toml", 'go = "wall"', 'go = "wal"')

    with pytest.raises(ConfigError) as caught:
        load_design(folder)

    assert caught.value.line == line


def test_no_folder_and_files_without_bounds_are_refused(folder, monkeypatch):
    with pytest.raises(ConfigError, match="no such folder") as caught:
        load_design(folder / "nowhere")
    assert "--init" in caught.value.hint

    (folder / "art" / "huge.ans").write_bytes(b"x" * (limits.MAX_VIEWED_FILE + 1))
    with pytest.raises(ConfigError, match="larger than 1024 KiB"):
        load_design(folder)
    (folder / "art" / "huge.ans").unlink()
    (folder / "texts.toml").write_text("#" * (limits.MAX_BOARD_FILE + 1))
    with pytest.raises(ConfigError, match="larger than 256 KiB"):
        load_design(folder)
    monkeypatch.setattr(limits, "MAX_BOARD_ITEMS", 2)
    with pytest.raises(ConfigError, match="more than"):
        load_design(folder)


def test_the_stamp_changes_with_the_files(folder):
    before = stamp(folder)
    (folder / "texts.toml").write_text("")

    assert stamp(folder) != before
    assert stamp(folder / "nowhere") == ()


@given(st.text(max_size=200))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_stands_in_a_file_it_is_read_or_refused(tmp_path, text):
    folder = tmp_path / "any"
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "menus").mkdir(parents=True)
    for name in ("board.toml", "texts.toml", "menus/games.toml"):
        (folder / name).write_text(text, "utf-8", errors="replace")

    with contextlib.suppress(ConfigError):
        load_design(folder)
