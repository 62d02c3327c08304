"""A macro tried out: on a recording, or on the demo board that comes with us."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

from bbsterm.errors import BbstermError
from bbsterm.macros import Action, Failed, Finished, HungUp, Notified, Program, Progress, check_macro
from bbsterm.macros.templates import SECRET
from bbsterm.secret import Secret
from bbsterm.session.macro_files import MacroFiles

__all__ = ["PATIENCE", "Trial", "compile_text", "try_on_demo", "try_on_recording"]

PATIENCE = 60.0
"""Seconds that a trial on the demo board takes at most."""

_USER = "Guest"


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of it.

    Attributes:
        title: On what it was tried.
        good: Whether the macro came to its end.
        lines: When, in seconds, and what happened.
        screen: The last screen.
    """

    title: str
    good: bool
    lines: tuple[tuple[float, str], ...]
    screen: tuple[str, ...]


def compile_text(text: str, path: Path, files: MacroFiles) -> Program:
    """A macro's text, ready to run.

    Raises:
        BbstermError: Something is wrong with it.
    """
    macro, problems = check_macro(text, path)
    if macro is None:
        where = f"line {problems[0].line}: " if problems[0].line else ""
        raise BbstermError(f"{where}{problems[0].reason}")
    return files.compile(macro)


def try_on_recording(program: Program, path: Path) -> Trial:
    """See `bbsterm.session.dry_run`.

    Raises:
        StorageError: It cannot be read.
        UsageError: It is no recording.
    """
    from bbsterm.session.dry_run import dry_run, load_recording

    recording = load_recording(path)
    found = dry_run(program, recording)
    title = path.name if recording.timed else f"{path.name} (a capture: it has no times)"
    return Trial(title, found.good, tuple(found.lines), found.screen)


async def try_on_demo(program: Program, say: Callable[[str], None] = lambda text: None) -> Trial:
    """Call the demo board with it. A secret is a word that means nothing: the demo board asks for none.

    Args:
        program: The macro.
        say: Told of each step meanwhile.

    Raises:
        BbstermError: The demo board could not be started or called.
    """
    from bbsterm.net.address import Address
    from bbsterm.scripts.calling import call_board  # here: few calls try one
    from bbsterm.tui.boards import demo_board

    begin, lines = time.monotonic(), list[tuple[float, str]]()

    def heard(action: Action) -> None:
        if text := _told(action):
            lines.append((time.monotonic() - begin, text))
            say(text)

    known = {"user": _USER, "name": "Demo BBS", "host": "localhost"}
    variables = {name: name.upper() for name in program.variables if name != SECRET} | known
    good = False
    async with AsyncExitStack() as stack:
        address = Address(*await stack.enter_async_context(await demo_board()))
        call = await stack.enter_async_context(call_board(address, variables=variables, secret=_nothing))
        try:
            async with asyncio.timeout(PATIENCE):
                good = isinstance(await call.play(program, heard), Finished | HungUp)
                with suppress(BbstermError):
                    await call.quiet()
        except TimeoutError:
            lines.append((time.monotonic() - begin, f"not finished after {PATIENCE:g} s"))
        screen = tuple(call.screen.lines)
    return Trial("the demo board", good, tuple(lines), screen)


async def _nothing() -> Secret:
    return Secret("secret")


def _told(action: Action) -> str:
    match action:
        case Progress(step, steps, waiting_for):
            return f"step {step} of {steps}" + (f" waits for {waiting_for!r}" if waiting_for else "")
        case Notified(text):
            return f"tells {text!r}"
        case Finished():
            return "the macro has come to its end"
        case HungUp():
            return "hangs up"
        case Failed():
            return f"fails at {action}"
    return ""
