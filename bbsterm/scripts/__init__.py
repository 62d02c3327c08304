"""Python scripts on calls: wait for what is on the screen, type, look, take pictures.

A script is a file with ``async def main(call)``; `call` is a `ScriptCall`. The same serves people who test
boards: ``async with call_board("bbs.example.org") as call``, or `BlockingCall` without asyncio.
"""

from __future__ import annotations

from bbsterm.scripts.blocking import BlockingCall
from bbsterm.scripts.call import ScriptCall
from bbsterm.scripts.calling import call_board
from bbsterm.scripts.errors import ExpectError, ScriptError
from bbsterm.scripts.pictures import save_picture
from bbsterm.scripts.running import load_script, run_script
from bbsterm.scripts.view import Cell, Match, ScreenView

__all__ = [
    "BlockingCall",
    "Cell",
    "ExpectError",
    "Match",
    "ScreenView",
    "ScriptCall",
    "ScriptError",
    "call_board",
    "load_script",
    "run_script",
    "save_picture",
]
