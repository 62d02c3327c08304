import asyncio

import pytest

from bbsterm.cli.base import ExitCode
from bbsterm.cli.shells import call_with_shell
from bbsterm.errors import BusyError, NoCarrierError, UsageError
from bbsterm.net import create_server
from bbsterm.net.address import Address
from bbsterm.session.settings import CallSettings


@pytest.fixture
def module(tmp_path, monkeypatch):
    """A module with shells, in the current folder."""
    (tmp_path / "shells_of_a_test.py").write_text(
        "async def ask(reader, writer):\n"
        "    writer.write('hé\\r\\n')\n"
        "    print(ascii(await reader.readline()))\n"
        "async def ask_bytes(reader, writer):\n"
        "    writer.write(b'\\xff\\r\\n')\n"
        "    print(ascii(await reader.readline()))\n"
        "async def fail(reader, writer):\n"
        "    await reader.readexactly(1000)\n"
        "def plain(reader, writer):\n"
        "    print('called')\n"
    )
    (tmp_path / "shells_that_fail.py").write_text("1 / 0\n")
    (tmp_path / "shells_that_need.py").write_text("import something_missing\n")
    monkeypatch.chdir(tmp_path)
    return "shells_of_a_test"


@pytest.fixture
def board(unused_tcp_port):
    """A port on which an echo answers, while the function that was given runs."""

    async def echo(reader, writer):
        writer.write(await reader.readline())
        await writer.drain()

    def call(name, **options):
        async def run():
            async with await create_server("127.0.0.1", unused_tcp_port, shell=echo, encoding=False):
                return await asyncio.to_thread(
                    call_with_shell, name, Address("127.0.0.1", unused_tcp_port), CallSettings(), **options
                )

        return asyncio.run(run())

    return call


def test_a_function_talks_to_the_board_in_text_and_in_bytes(module, board, capsys):
    assert board(f"{module}.ask", encoding=None) == ExitCode.OK
    assert board(f"{module}.ask_bytes", encoding="false") == ExitCode.OK

    assert capsys.readouterr().out == "'h\\xe9\\r\\n'\nb'\\xff\\r\\n'\n"


def test_a_plain_function_is_called(module, board, capsys):
    assert board(f"{module}.plain", encoding=None) == ExitCode.OK

    assert capsys.readouterr().out == "called\n"


def test_a_shell_that_is_cut_off_is_told(module, unused_tcp_port):
    async def hang_up(reader, writer):
        writer.close()

    async def run():
        async with await create_server("127.0.0.1", unused_tcp_port, shell=hang_up):
            address = Address("127.0.0.1", unused_tcp_port)
            await asyncio.to_thread(call_with_shell, f"{module}.fail", address, CallSettings(), encoding=None)

    with pytest.raises(NoCarrierError):
        asyncio.run(run())


def test_nobody_answers(module, unused_tcp_port):
    with pytest.raises(BusyError):
        call_with_shell(f"{module}.ask", Address("127.0.0.1", unused_tcp_port), CallSettings(), encoding=None)


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("shells_of_a_test.none", "module 'shells_of_a_test' has no function 'none'"),
        ("shells_that_fail.ask", "'shells_that_fail.ask' cannot be imported: ZeroDivisionError"),
        ("shells_that_need.ask", "module 'shells_that_need' needs 'something_missing'"),
    ],
)
def test_what_is_wrong_with_the_name_is_said(module, name, problem):
    with pytest.raises(UsageError, match=problem):
        call_with_shell(name, Address("127.0.0.1", 1), CallSettings(), encoding=None)
