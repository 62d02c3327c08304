"""What `bbsterm run` does: one call, one macro or script, and an account of what happened."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import Any, Final

from bbsterm.cli.base import ExitCode, complain
from bbsterm.cli.call_options import seconds_of
from bbsterm.cli.logging_in import fetch_for, prepared
from bbsterm.errors import BbstermError, StorageError, UsageError
from bbsterm.macros import Action, Failed, Finished, Notified, Progress
from bbsterm.net.address import Address
from bbsterm.scripts.call import ScriptCall
from bbsterm.scripts.calling import call_board
from bbsterm.session.encoding import SIZES
from bbsterm.session.macro_files import MacroFiles, load_macro_file
from bbsterm.session.settings import CallSettings, Home
from bbsterm.vault import parse_reference

__all__ = ["run_call"]

_FAILURE: Final = "bbsterm-failed.svg"
_DEMO: Final = "demo"


@dataclass
class Target:
    """Whom to call, and how.

    Attributes:
        address: Where; None for the demo board, which has no address before it runs.
        settings: How.
        variables: What macros know: user, host, name.
    """

    address: Address | None
    settings: CallSettings
    variables: dict[str, str] = field(default_factory=dict)


class Account:
    """Says what happens: objects on stdout, or nothing; the failures go to stderr in any case."""

    def __init__(self, *, as_json: bool) -> None:
        self._as_json = as_json
        self._start = asyncio.get_running_loop().time()

    def tell(self, event: str, **facts: Any) -> None:
        """One object, on one line."""
        if self._as_json:
            at = round(asyncio.get_running_loop().time() - self._start, 3)
            print(json.dumps({"event": event, "at": at, **facts}, ensure_ascii=False), flush=True)

    def action(self, action: Action) -> None:
        """What a macro does."""
        match action:
            case Progress(step, steps, waiting_for):
                self.tell("step", step=step, steps=steps, waiting_for=waiting_for)
            case Notified(text):
                self.tell("notify", text=text)
                if not self._as_json:
                    print(text, flush=True)
            case Finished(variables):
                self.tell("finished", variables=dict(variables))
            case Failed(step, steps, (source, line), reason, lines):
                self.tell(
                    "failed",
                    step=step,
                    steps=steps,
                    file=source,
                    line=line,
                    reason=reason,
                    screen=list(lines),
                )


def run_call(args: argparse.Namespace) -> int:
    """Call, run, hang up; the exit code.

    Raises:
        BbstermError: It could not be done: usage, files, the connection.
    """
    seconds = seconds_of("--timeout", args.timeout)
    path = _find(args.what)
    return asyncio.run(_call(args, path, _target(args), seconds))


async def _call(args: argparse.Namespace, path: Path, target: Target, seconds: float) -> int:
    account = Account(as_json=args.json)
    async with AsyncExitStack() as stack:
        address = target.address or await _start_demo(stack)
        settings = _at_home(target.settings, address)
        secret_of = partial(fetch_for, prepared=await prepared(settings, needed=_needs_secret(path)))
        account.tell("dialing", to=str(address))
        try:
            call = await stack.enter_async_context(
                call_board(address, settings, variables=target.variables, secret_of=secret_of)
            )
        except BbstermError as error:
            account.tell("failed", reason=str(error))
            raise
        if args.transcript:
            stack.enter_context(_transcript(Path(args.transcript), call))
        account.tell("connected")
        code = await _within(seconds, path, call, account)
        if args.screenshot or code is not ExitCode.OK:
            _save(call, args.screenshot or _FAILURE, account)
        return code


async def _within(seconds: float, path: Path, call: ScriptCall, account: Account) -> ExitCode:
    """Run it, for so long at most."""
    try:
        async with asyncio.timeout(seconds):
            return await _run(path, call, account)
    except BbstermError as error:
        problem = error
    except TimeoutError:
        problem = BbstermError(f"not finished after {seconds:g} s")
        problem.hint = "--timeout gives it longer."
    account.tell("failed", reason=str(problem), screen=call.screen.lines)
    return complain(problem)


async def _run(path: Path, call: ScriptCall, account: Account) -> ExitCode:
    """Run the script or the macro; what it comes to."""
    if path.suffix == ".py":
        from bbsterm.scripts.running import run_script

        returned = await run_script(path, call)
        account.tell("finished", returned=returned if _is_plain(returned) else repr(returned))
        return ExitCode.OK
    program = MacroFiles(path.parent).compile(load_macro_file(path))
    outcome = await call.play(program, account.action)
    if isinstance(outcome, Failed):
        print(f"bbsterm: {outcome.source[0]}:{outcome.source[1]}: {outcome}", file=sys.stderr)
        return ExitCode.FAILED
    return ExitCode.OK


def _needs_secret(path: Path) -> bool:
    """Whether a macro types the secret; what a script does nobody knows before."""
    if path.suffix == ".py":
        return False
    return MacroFiles(path.parent).compile(load_macro_file(path)).needs_secret


def _save(call: ScriptCall, name: str, account: Account) -> None:
    path = call.screenshot(name)
    account.tell("screenshot", file=str(path))
    if name == _FAILURE:
        print(f"The last screen is in {path}.", file=sys.stderr)


@contextmanager
def _transcript(path: Path, call: ScriptCall) -> Iterator[None]:
    """Write what the board says to a file, as a person would read it."""
    try:
        file = path.open("w", encoding="utf-8")
    except OSError as error:
        raise StorageError(path, error.strerror or str(error)) from error
    with file:
        stop = call.follow(lambda text: print(text, end="", file=file))
        try:
            yield
        finally:
            stop()


def _find(what: str) -> Path:
    """The file that is meant: as it stands, or of that name in the macros folder.

    Raises:
        UsageError: There is none.
    """
    from bbsterm.config import find_paths

    path = Path(what)
    if path.suffix in (".toml", ".py") and path.is_file():
        return path
    folder = find_paths().macros
    for name in (what, f"{what}.toml", f"{what}.py"):
        if Path(name).name == name and (folder / name).is_file():
            return folder / name
    near = get_close_matches(what, [one.stem for one in folder.glob("*.*")], n=1) if folder.is_dir() else []
    hint = f"Did you mean {near[0]!r}?" if near else f"Give a .toml or .py file, or a name in {folder}."
    raise UsageError(f"there is no macro or script {what!r}", hint=hint)


def _target(args: argparse.Namespace) -> Target:
    """Whom to call, and what is known of it.

    Raises:
        UsageError: There is no such board, or a variable is written wrongly.
    """
    from bbsterm.screen import KINDS

    if args.terminal and args.terminal not in KINDS:
        raise UsageError(f"no terminal {args.terminal!r}", hint=f"There are: {', '.join(KINDS)}.")
    target = _demo(args) if args.to == _DEMO else _named(args)
    if args.user:
        target.variables["user"] = args.user
    if args.secret_env:
        reference = str(parse_reference(f"env:{args.secret_env}"))
        target.settings = replace(target.settings, secret=reference)
    for pair in args.set:
        name, equals, value = pair.partition("=")
        if not equals or not name.isidentifier():
            raise UsageError(f"--set is NAME=VALUE, not {pair!r}")
        target.variables[name] = value
    return target


def _demo(args: argparse.Namespace) -> Target:
    kind = args.terminal or "ansi"
    return Target(None, _sized(CallSettings(name="Demo BBS", terminal=kind)), {"name": "Demo BBS"})


def _named(args: argparse.Namespace) -> Target:
    from bbsterm.cli.whom import whom

    address, settings, entry = whom(args.to)
    variables = {"host": address.host, "name": address.place}
    if entry is not None:
        variables["name"] = entry.name
        if entry.user:
            variables["user"] = entry.user
    elif address.user:
        variables["user"] = address.user
    if args.terminal:
        settings = _sized(replace(settings, terminal=args.terminal, encoding=None))
    return Target(address, settings, variables)


def _at_home(settings: CallSettings, address: Address) -> CallSettings:
    """The same; a secret from the command line is for whoever the command line calls."""
    if settings.home is not None or not settings.secret:
        return settings
    return replace(settings, home=Home(address.host, address.port, address.tls, settings.tls.verify))


def _sized(settings: CallSettings) -> CallSettings:
    """The same with the size that a machine has."""
    columns, rows = SIZES.get(settings.terminal, (settings.columns, settings.rows))
    return replace(settings, columns=columns, rows=rows)


async def _start_demo(stack: AsyncExitStack) -> Address:
    from bbsterm.serve.demo import start_demo_board

    return Address(*await stack.enter_async_context(start_demo_board()))


def _is_plain(value: object) -> bool:
    return value is None or isinstance(value, str | int | float | bool | list | dict)
