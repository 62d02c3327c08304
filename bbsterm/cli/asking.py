"""Questions on the terminal: passwords without echo, yes or no. Prompts go there too, never to stdout."""

from __future__ import annotations

import contextlib
import getpass
import signal
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bbsterm.secret import Secret

if TYPE_CHECKING:
    from bbsterm.vault import Question

__all__ = ["ask_here", "can_ask", "confirm_here", "warn_here"]


def can_ask() -> bool:
    """Whether somebody sits there."""
    return sys.stdin is not None and not sys.stdin.closed and sys.stdin.isatty()


async def ask_here(question: Question) -> Secret | None:
    """Ask for a password or a passphrase; None if there is nobody, or nothing was typed."""
    if not can_ask():
        return None
    with _interruptible():
        return _typed(question)  # nothing else goes on meanwhile: commands ask before they call


def _typed(question: Question) -> Secret | None:
    if question.problem:
        warn_here(question.problem)
    try:
        answer = Secret(getpass.getpass(f"{question.prompt}: ", stream=sys.stderr))
        while question.kind == "new passphrase" and answer:
            if Secret(getpass.getpass("The same again: ", stream=sys.stderr)) == answer:
                break
            warn_here("these were two different ones")
            answer = Secret(getpass.getpass(f"{question.prompt}: ", stream=sys.stderr))
    except EOFError:
        return None
    return answer or None


async def confirm_here(question: str) -> bool:
    """Ask yes or no; no if there is nobody."""
    if not can_ask():
        return False
    print(f"{question} [y/N] ", end="", file=sys.stderr, flush=True)
    with _interruptible():
        line = sys.stdin.readline()
    return line.strip().lower() in ("y", "yes")


@contextlib.contextmanager
def _interruptible() -> Iterator[None]:
    """Ctrl+C ends a question at once; asyncio's own handler would wait for its answer."""
    try:
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
    except ValueError:  # not the main thread
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def warn_here(text: str) -> None:
    """Say something on stderr."""
    print(f"bbsterm: {text}", file=sys.stderr)
