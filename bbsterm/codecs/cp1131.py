"""Code page 1131, Belarusian: SyncTERM's font 31."""

from __future__ import annotations

from typing import Final

from bbsterm.codecs.charmap import Charmap

__all__ = ["CP1131"]

CP1131: Final = Charmap(
    name="cp1131",
    aliases=("ibm1131",),
    table=bytes(range(0xF0)).decode("cp866") + "ЁёЄєЇїЎўІі·¤Ґґ∙\xa0",
    source="IBM CDRA, code page 1131",
    also={"√": 0xFB},  # as in cp866, and in SyncTERM's table
)
