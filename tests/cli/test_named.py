from __future__ import annotations

import asyncio
import json
import threading

import pytest

from bbsterm.book import Book, Entry
from bbsterm.cli import main
from bbsterm.cli.named import address_named, entry_named, looks_like_an_address
from bbsterm.cli.own_book import book_exists, book_paths
from bbsterm.errors import UsageError
from bbsterm.net.address import Address


@pytest.fixture
def book(tmp_path, monkeypatch):
    monkeypatch.setenv("BBSTERM_HOME", str(tmp_path))
    assert not book_exists()
    with Book.open(book_paths()) as opened:
        opened.add(Entry("Xibalba", "xibalba.example", 44510))
        opened.add(Entry("Level 29", "fox.example", 44510))
        opened.add(Entry("Level 42", "level.example", 23, "telnets"))
        opened.add(Entry("bbs.fun.example", "real.example"))
        yield opened
    assert book_exists()


@pytest.fixture
def host():
    """A host on loopback, in a thread of its own, that greets and hangs up."""
    loop, started, port = asyncio.new_event_loop(), threading.Event(), []

    async def greet(reader, writer):
        writer.write(b"Hello, caller\r\n")
        writer.close()
        await writer.wait_closed()

    async def serve():
        stop = asyncio.Event()
        async with await asyncio.start_server(greet, "127.0.0.1", 0) as server:
            port.append(server.sockets[0].getsockname()[1])
            port.append(stop)
            started.set()
            await stop.wait()

    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()))
    thread.start()
    started.wait()
    yield port[0]
    loop.call_soon_threadsafe(port[1].set)
    thread.join()
    loop.close()


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Xibalba", Address("xibalba.example", 44510)),
        ("xib", Address("xibalba.example", 44510)),
        ("level 42", Address("level.example", 23, "telnets")),
        ("other.example:99", Address("other.example", 99)),
        ("xibalba.example:44510", Address("xibalba.example", 44510)),
        ("bbs.fun.example", Address("real.example")),
        ("telnets://x.example", Address("x.example", 992, "telnets")),
    ],
)
def test_names_and_addresses(book, text, address):
    assert address_named(text, book)[0] == address


def test_several_boards_of_one_beginning_are_named(book):
    with pytest.raises(UsageError) as caught:
        entry_named("level", book)

    assert "'Level 29' (fox.example:44510)" in caught.value.hint


def test_the_nearest_names_are_suggested(book):
    with pytest.raises(UsageError) as caught:
        entry_named("Xibalab", book)

    assert str(caught.value) == "there is no board 'Xibalab' in the address book"
    assert caught.value.hint == "Did you mean 'Xibalba'?"


def test_what_is_an_address():
    assert all(map(looks_like_an_address, ("a.b", "a:23", "[::1]", "::1", "telnet://a", "localhost")))
    assert not any(map(looks_like_an_address, ("Xibalba", "Level 29", "Dr. No")))


def test_connect_by_an_unknown_name_says_what_was_meant(book, capsys):
    assert main(["connect", "--plain", "Xibalab"]) == 2
    assert "Did you mean 'Xibalba'?" in capsys.readouterr().err


def test_connect_by_name_calls_and_is_in_the_history(book, host, capfd):
    entry = book.add(Entry("Here", "127.0.0.1", host, "raw"))

    assert main(["connect", "--plain", "Here"]) == 0

    assert "Hello, caller" in capfd.readouterr().out
    book.reload()
    (call,) = book.history(entry)
    assert (call.address, call.received) == (f"raw://127.0.0.1:{host}", 15)


def test_probe_by_name_and_address(book, host, capsys):
    book.add(Entry("Here", "127.0.0.1", host))

    assert main(["probe", "--json", "Here"]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert (found["address"], found["up"], found["tls"]) == (f"127.0.0.1:{host}", True, None)

    assert main(["probe", f"127.0.0.1:{host}", "127.0.0.1:1"]) == 3
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith(f"o 127.0.0.1:{host}  ")
    assert lines[1] == "x 127.0.0.1:1"
