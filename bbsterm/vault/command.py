"""A password manager's own command: pass, op, secret-tool, rbw, gopass ... It prints, we read one line."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shlex
import shutil
import signal
from typing import Final

from bbsterm.errors import SecretError
from bbsterm.limits import MAX_SECRET, PASSWORD_COMMAND_SECONDS
from bbsterm.secret import Secret
from bbsterm.vault.references import Owner
from bbsterm.vault.routes import Ask

__all__ = ["PasswordCommand", "arguments"]

_SAID: Final = 200  # characters of what the command complains that are shown
_HINT: Final = 'Set it: [secrets] password_command = "pass show bbs/{item}".'


def arguments(command: str, name: str, owner: Owner) -> list[str]:
    """The command's words, with what is known of the board in place of ``{item}``, ``{host}`` ...

    There is no shell: a board's name can be no second command. What would be taken for an option is refused.

    Raises:
        SecretError: The command cannot be split into words, or a value begins with "-".
    """
    try:
        words = shlex.split(command)
    except ValueError as error:
        raise SecretError(f"password_command cannot be understood: {error}", hint=_HINT) from None
    if not words:
        raise SecretError("password_command is not set", hint=_HINT)
    values = {
        "item": name or owner.name,
        "name": owner.name,
        "host": owner.host,
        "port": str(owner.port),
        "user": owner.user,
        "id": owner.entry,
    }
    filled = [words[0]]
    for word in words[1:]:
        for key, value in values.items():
            if word.startswith(f"{{{key}}}") and value.startswith("-"):
                raise SecretError(f"{{{key}}} begins with '-', and would be taken for an option")
        filled.append(_filled(word, values))
    return filled


def _filled(word: str, values: dict[str, str]) -> str:
    parts = word.split("{")
    text = parts[0]
    for part in parts[1:]:
        key, brace, rest = part.partition("}")
        text += values[key] + rest if brace and key in values else "{" + part
    return text


class PasswordCommand:
    """Runs the command of the settings; what it prints first is the password.

    Args:
        command: As the settings have it; empty if there is none.
        seconds: How long it may take.
    """

    title = "password_command"

    def __init__(self, command: str, *, seconds: float = PASSWORD_COMMAND_SECONDS) -> None:
        self._command = command
        self._seconds = seconds

    @property
    def problem(self) -> str:
        """Why it cannot be run."""
        if not self._command.strip():
            return "it is not set ([secrets] password_command)"
        try:
            program = shlex.split(self._command)[0]
        except (ValueError, IndexError) as error:
            return f"it cannot be understood: {error}"
        return "" if shutil.which(program) else f"there is no program {program!r}"

    async def fetch(self, name: str, owner: Owner, ask: Ask | None) -> Secret:
        """The first line that it prints."""
        words = arguments(self._command, name, owner)
        code, out, said = await self._run(words)
        secret = Secret(out.partition(b"\n")[0].rstrip(b"\r").decode("utf-8", "replace"))
        complaint = _first_line(secret.redact(said.decode("utf-8", "replace")))
        if code:
            raise SecretError(f"{words[0]} ended with {code}{complaint}")
        if not secret:
            raise SecretError(f"{words[0]} printed no password{complaint}", hint="Its first line is taken.")
        return secret

    async def store(self, name: str, owner: Owner, secret: Secret, ask: Ask | None) -> None:
        """Never: only the manager itself does."""
        raise SecretError("password_command only reads", hint="Keep the password in your manager itself.")

    async def forget(self, name: str, owner: Owner, ask: Ask | None) -> bool:
        """There is nothing of ours to forget."""
        return False

    async def _run(self, words: list[str]) -> tuple[int, bytes, bytes]:
        try:
            process = await asyncio.create_subprocess_exec(
                *words,
                stdin=asyncio.subprocess.DEVNULL,  # our keyboard is the board's
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
                limit=MAX_SECRET,
                start_new_session=True,  # so that what it starts can be ended with it
            )
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise SecretError(f"cannot run {words[0]}: {reason}", hint=_HINT) from None
        reading = (_read(process.stdout), _read(process.stderr))
        try:
            async with asyncio.timeout(self._seconds):
                out, said = await asyncio.gather(*reading)
                return await process.wait(), out, said
        except TimeoutError:
            raise SecretError(
                f"{words[0]} did not answer within {self._seconds:g} s",
                hint="It may wait for a passphrase that it cannot ask for here: unlock it first.",
            ) from None
        finally:
            await _end(process)


async def _read(stream: asyncio.StreamReader | None) -> bytes:
    """What comes, as much of it as we want; the rest is thrown away."""
    kept = b""
    while stream is not None and (data := await stream.read(4096)):
        kept = (kept + data)[:MAX_SECRET]
    return kept


async def _end(process: asyncio.subprocess.Process) -> None:
    """Leave nothing running."""
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if hasattr(os, "killpg"):
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
    transport = getattr(process, "_transport", None)
    if transport is not None:
        transport.close()  # before waiting: a grandchild may hold the pipes open, and we read no more of them
    await process.wait()
    await asyncio.sleep(0)  # the pipes are closed in the loop's next turn


def _first_line(said: str) -> str:
    line = next((line.strip() for line in said.splitlines() if line.strip()), "")
    shown = "".join(char for char in line if char.isprintable())[:_SAID]
    return f": {shown}" if shown else ""
