"""Log in to the demo board, look at its menu, and save a picture of it.

bbsterm run examples/scripts/look_around.py --to demo
"""

from __future__ import annotations

from bbsterm.scripts import ScriptCall


async def main(call: ScriptCall) -> list[str]:
    await call.expect("your name", timeout=10)
    await call.send("Guest\n")
    await call.expect("main menu")
    await call.quiet()
    return [line.strip() for line in call.screen.lines if line.strip()]
