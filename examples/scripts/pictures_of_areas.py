"""Log in to the demo board, look at each of its areas, and take a picture of every one.

bbsterm run examples/scripts/pictures_of_areas.py --to demo --json
"""

from __future__ import annotations

from bbsterm.scripts import ScriptCall

AREAS = {"t": "any key"}


async def main(call: ScriptCall) -> dict[str, str]:
    await call.expect("your name", timeout=10)
    await call.send("Guest\n")
    await call.expect("your choice")
    titles = {}
    for key, end in AREAS.items():
        await call.press(key)
        await call.expect(end)
        titles[key] = next(line.strip() for line in call.screen.lines if line.strip())
        call.screenshot(f"area-{key}.svg")
        await call.press("space")
        await call.expect("your choice")
    return titles
