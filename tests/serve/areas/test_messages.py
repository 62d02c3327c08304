"""Messages, mail and files, from the keyboard of callers with different machines."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bbsterm import limits
from bbsterm.serve.store.messages import Draft
from bbsterm.serve.stream import Facts
from tests.serve.memory import ANSI_80, calling

SMALL = replace(ANSI_80, columns=40, rows=25)
LARGE = replace(ANSI_80, columns=132, rows=50)
DUMB = Facts(telnet=True, terminal_types=("DUMB",), columns=80, rows=24)
SIZES = pytest.mark.parametrize("facts", [ANSI_80, SMALL, LARGE, DUMB], ids=["80", "40", "132", "dumb"])


@pytest.fixture
async def users(board):
    return [await board.users.create(name, "secret", now=board.now()) for name in ("Ann", "Bob")]


async def log_in(line, name):
    await line.shows("Your name")
    line.type(f"{name}\r")
    await line.shows("Password for")
    line.type("secret\r")
    await line.shows("Press a key")
    line.type(" ")
    await line.shows("Your choice")


async def post(board, user, subject="Hello", body="text", **draft):
    return await board.messages.post(
        Draft("general", user.name, user.id, subject, body, **draft), now=board.now()
    )


@SIZES
async def test_a_message_is_written_read_and_answered(board, users, facts):
    async with calling(board, facts) as ann:
        await log_in(ann, "Ann")
        ann.type("m")
        await ann.shows("Messages", "General", "Quit")
        ann.type("1\r")
        await ann.shows("Nobody has written here", "Quit")
        ann.type("p\r")
        await ann.shows("New message", "Subject")
        ann.type("First |04 light\r")
        await ann.shows("1 ")
        ann.type("Hello \x1b[2Jall\r  second line\rthird\r/d 3\r/l\r/s\r")
        await ann.shows("Posted in General", "Press a key")

    async with calling(board, facts) as bob:
        await log_in(bob, "Bob")
        bob.type("m")
        await bob.shows("1 new", "Quit")
        bob.type("n\r")
        await bob.shows("1 of 1", "Ann", "First |04 light", "Hello all", "  second line", "Reply")
        bob.type("r")
        await bob.shows("Subject", "First |04 light")
        bob.type("/q\rMe too\r/s\r")
        await bob.shows("A> Hello all", "Posted", "Press a key")
        bob.type(" ")
        await bob.shows("Messages", "General", "Quit")
    assert b"third" not in bob.sent

    (thread,) = await board.messages.threads("general", count=5)
    assert [each.body for each in await board.messages.thread(thread.id)] == [
        "Hello all\n  second line",
        "A> Hello all\nA>   second line\nMe too",
    ]


async def test_what_was_read_is_not_new_any_more(board, users):
    for number in range(3):
        await post(board, users[0], f"Subject {number}")
    async with calling(board) as bob:
        await log_in(bob, "Bob")
        bob.type("mn\r")
        await bob.shows("1 of 3", "Subject 0", "Quit")
        bob.type("\r")
        await bob.shows("2 of 3", "Quit")
        bob.type("q")
        await bob.shows("Messages", "1 new")


async def test_reading_a_thread_out_of_turn_leaves_the_rest_new(board, users):
    await post(board, users[0], "Old")
    await post(board, users[0], "New")
    async with calling(board) as bob:
        await log_in(bob, "Bob")
        bob.type("m1\r")
        await bob.shows("2 threads", "Quit")
        bob.type("1\r")
        await bob.shows("New", "Quit")
        bob.type("qq\r")
        await bob.shows("2 new")


async def test_guests_read_and_are_told_how_to_write(board, users):
    await post(board, users[0])
    async with calling(board, name="Guest") as line:
        line.type("m1\r1\r")
        await line.shows("Hello", "text", "Quit")
        line.type("r")
        await line.shows("You cannot write here", "Press a key")
        line.type(" ")
        await line.shows("1 thread", "Quit")
        line.type("q\rn\r")
        await line.shows("for those with an account")


async def test_search(board, users):
    await post(board, users[0], "About modems", "They sing")
    await post(board, users[0], "Other")
    async with calling(board, name="Guest") as line:
        line.type("ms SING\r")
        await line.shows("Found", "About modems", "Quit")
        line.type("1\r")
        await line.shows("They sing")
        line.type("q")
        await line.shows("Found")
        line.type("q\rs\r")
        await line.shows("Words")
        line.type("nothing like it\r")
        await line.shows("Nothing with nothing like it")


async def test_only_its_author_deletes_a_message(board, users):
    await post(board, users[0])
    async with calling(board) as bob:
        await log_in(bob, "Bob")
        bob.type("m1\r1\r")
        await bob.shows("Reply", "Quit")
        bob.type("d")
        await bob.shows("\x07")
    async with calling(board) as ann:
        await log_in(ann, "Ann")
        ann.type("m1\r1\r")
        await ann.shows("Delete")
        ann.type("dy")
        await ann.shows("Nobody has written here")


async def test_a_long_message_stops_at_each_screen(board, users):
    await post(board, users[0], body="\n".join(f"line {number}." for number in range(60)))
    async with calling(board) as line:
        await log_in(line, "Bob")
        line.type("m1\r1\r")
        page = await line.shows("line 17.", "Space: more")
        assert b"line 20." not in page
        line.type(" ")
        await line.shows("line 39.", "Space: more")
        line.type("q")
        await line.shows("Quit")
    assert b"line 59." not in line.sent


async def test_a_message_has_an_end(board, users, monkeypatch):
    monkeypatch.setattr(limits, "MAX_POST_LINES", 2)
    async with calling(board) as line:
        await log_in(line, "Ann")
        line.type("m1\rp\rSubject\rone\rtwo\rthree\r")
        await line.shows("as long as it may be")
        line.type("/a\r")
        await line.shows("not posted")


async def test_a_user_has_so_many_a_day(board, users, monkeypatch):
    monkeypatch.setattr(limits, "MAX_POSTS_PER_DAY", 0)
    async with calling(board) as line:
        await log_in(line, "Ann")
        line.type("m1\rp\rSubject\rone\r/s\r")
        await line.shows("more than 0 messages a day")


@SIZES
async def test_mail_is_written_read_and_answered(board, users, facts):
    async with calling(board, facts) as ann:
        await log_in(ann, "Ann")
        ann.type("e")
        await ann.shows("Your mail", "No letters")
        ann.type("w nobody\r")
        await ann.shows("Nobody called nobody", "Press a key")
        ann.type(" w bob\r")
        await ann.shows("Subject")
        ann.type("Dinner\rAt eight?\r/s\r")
        await ann.shows("Sent to Bob")

    async with calling(board, facts) as bob:
        await bob.shows("Your name")
        bob.type("Bob\rsecret\r")
        await bob.shows("New for you", "1", "Press a key")
        bob.type(" e")
        await bob.shows("1 new", "Dinner", "Ann")
        bob.type("1\r")
        await bob.shows("Dinner", "At eight?", "Reply")
        bob.type("rYes\r/s\r")
        await bob.shows("Re: Dinner", "Sent to Ann", "Press a key")
        bob.type(" 1\rdy")
        await bob.shows("No letters")

    (letter,) = await board.mail.inbox(users[0].id)
    assert (letter.sender, letter.subject, letter.body) == ("Bob", "Re: Dinner", "Yes")


async def test_a_guest_has_no_mail(board):
    async with calling(board, name="Ann") as line:
        line.type("e")
        await line.shows("for those with an account")


@SIZES
async def test_files_are_listed_and_read(board, facts):
    async with calling(board, facts, name="Ann") as line:
        line.type("f")
        await line.shows("Texts", "pipes.txt", "skyline.ans", "welcome.txt", "Quit")
        line.type("3\r")
        await line.shows("welcome.txt", "bytes", "ZMODEM", "apture")
        line.type("v")
        await line.shows("Welcome aboard", "This board runs on bbsterm")


async def test_an_ans_file_is_shown_as_art(board):
    async with calling(board, name="Ann") as line:
        line.type("f2\rv")
        await line.shows(b"\x1b[2J", "▄", "Press a key")


async def test_a_capture_does_not_stop(board, tmp_path):
    area = replace(board.design.files["texts"], folder=tmp_path)
    board.design = replace(board.design, files={"texts": area})
    (tmp_path / "long.txt").write_bytes(b"\n".join(b"line %d \x1b[2J\x82." % each for each in range(99)))
    (tmp_path / "tool.zip").write_bytes(b"PK")
    async with calling(board, name="Ann") as line:
        line.type("f1\rc")
        await line.shows("capture on now", "Press a key")
        line.type(" ")
        text = await line.shows("line 98 [2Jé.", "Press a key")
        assert b"Space: more" not in text
        line.type(" 2\r")
        await line.shows("cannot send it yet", "Press a key")


async def test_a_folder_that_has_gone_is_said_and_logged(board, tmp_path, caplog):
    area = replace(board.design.files["texts"], folder=tmp_path / "gone")
    board.design = replace(board.design, files={"texts": area})
    async with calling(board, name="Ann") as line:
        line.type("f")
        await line.shows("cannot be read just now", "Press a key")
    assert "gone" in caplog.text


@pytest.mark.parametrize(("facts", "first"), [(ANSI_80, 19), (SMALL, 20)], ids=["80", "40"])
async def test_a_long_list_goes_on_with_enter_and_fits_the_screen(board, users, facts, first):
    for number in range(25):
        await post(board, users[0], f"Number {number:02}")
    async with calling(board, facts, name="Guest") as line:
        line.type("m1\r")
        page = await line.shows("25 threads", "Number 24", f"Number {25 - first:02}", "more: Enter")
        assert f"Number {24 - first:02}".encode() not in page
        line.type("\r")
        await line.shows(f"Number {24 - first:02}", "Number 00", "Quit")
        line.type("99\r")
        await line.shows("Number 24", "more: Enter")
        line.type("25\r")
        await line.shows("Number 00", "text")
