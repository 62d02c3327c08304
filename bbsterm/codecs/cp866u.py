"""Code page 866U, Ukrainian: SyncTERM's font 29.

Python means cp1125 (RUSCII) when it hears "cp866u", which differs at FC and FD; so this one is ``cp866_u``.
"""

from __future__ import annotations

from typing import Final

from bbsterm.codecs.charmap import Charmap

__all__ = ["CP866U"]

CP866U: Final = Charmap(
    name="cp866_u",
    aliases=(),
    table=bytes(range(0xF0)).decode("cp866") + "ЁёҐґЄєІіЇї·√©²■\xa0",
    source="the font cp866u of FreeBSD's console, as SyncTERM has it in slot 29",
    also={"№": 0xFC, "¤": 0xFD},  # where cp1125 has them
)
