"""Handshake: what two modems say to each other, as a spectrogram, and the box that says it."""

from __future__ import annotations

import math
import random
from typing import Final

from bbsterm.serve.picture import Canvas
from tools.studio.raster import Raster, clamp, mix, ramp

__all__ = ["COLUMNS", "PRINT", "ROWS", "letter", "paint"]

COLUMNS: Final = 80
ROWS: Final = 44
PRINT: Final = {"spread": 0.0}

_HEAT: Final = (
    (0.0, (0, 0, 0)),
    (0.2, (0, 0, 120)),
    (0.4, (120, 0, 170)),
    (0.6, (255, 60, 60)),
    (0.8, (255, 255, 85)),
    (1.0, (255, 255, 255)),
)
_FLOOR: Final = 24
_LEDS: Final = ("MR", "TR", "SD", "RD", "OH", "CD", "AA", "HS")
_LIT: Final = (True, True, False, True, True, True, False, True)
_FIRST_LED: Final = 17
_LED_STEP: Final = 6


def paint() -> Raster:
    """The sound above, the box below."""
    raster = Raster(COLUMNS, ROWS)
    chance = random.Random(300)
    for x in range(COLUMNS):
        for y in range(_FLOOR):
            pitch = (_FLOOR - y) / _FLOOR  # 0 is low, 1 is 4 kHz
            raster.plot(x, y, ramp(_HEAT, _loudness(x, pitch, chance)))
    _box(raster)
    return raster


def letter(canvas: Canvas) -> None:
    """What is printed on the box and beside the sound."""
    for at, name in enumerate(_LEDS):
        column = _FIRST_LED + at * _LED_STEP
        canvas.write(19, column - 1, f"|23|00{name}")
    canvas.write(16, 12, "|20|15 bbsterm |16")
    for column, word in (
        (1, "dial tone"),
        (14, "DTMF"),
        (26, "ring"),
        (35, "2100 Hz"),
        (49, "V.8"),
        (62, "carrier"),
    ):
        canvas.write(12, column, f"|08{word}")


def _loudness(x: int, pitch: float, chance: random.Random) -> float:
    """How loud a pitch is at a time, 0 to 1."""
    hiss = chance.random() * 0.14

    def tone(at: float, width: float = 0.035) -> float:
        return clamp(1.15 - abs(pitch - at) / width)

    if x < 11:
        return max(hiss, 0.85 * tone(0.10), 0.8 * tone(0.16))
    if x < 23:  # digits
        digit = (x - 12) // 2
        sounding = (x - 12) % 2 == 0
        low, high = 0.18 + 0.03 * (digit % 4), 0.32 + 0.04 * (digit * 2 % 3)
        return max(hiss, sounding * 0.95 * tone(low), sounding * 0.95 * tone(high))
    if x < 32:  # ring, ring
        return max(hiss, ((x - 24) % 5 < 3) * 0.75 * max(tone(0.12), tone(0.2)))
    if x < 44:  # answer tone, its phase turned around twice
        turn = x in (36, 40)
        return max(hiss, tone(0.53), 0.5 * tone(0.26) * (x % 2), 0.75 * turn * (0.3 < pitch < 0.75))
    if x < 56:  # the two talk by turns
        ours, theirs = tone(0.29, 0.08), tone(0.58, 0.08)
        chirp = tone(0.15 + 0.7 * ((x - 44) % 6) / 6, 0.06)
        return max(hiss, 0.9 * ours * (x % 3 > 0), 0.8 * theirs * (x % 2), 0.7 * chirp)
    spread = clamp((x - 55) / 6)  # scrambled: every pitch at once
    band = clamp(1.25 - abs(pitch - 0.45) / (0.16 + 0.3 * spread))
    return max(hiss, band * (0.55 + 0.45 * chance.random()))


def _box(raster: Raster) -> None:
    raster.shade(lambda x, y: raster.get(x, y) if y < _FLOOR + 2 else (0, 0, 0))
    raster.rectangle(0, 42, COLUMNS, 2, (85, 42, 0))
    raster.polygon(((10, 32), (14, 29), (66, 29), (70, 32)), (255, 255, 255))
    raster.rectangle(10, 32, 60, 9, (170, 170, 170))
    raster.rectangle(10, 34, 60, 4, (0, 0, 0))
    raster.rectangle(10, 40, 60, 1, (85, 85, 85))
    raster.rectangle(12, 41, 6, 1, (85, 85, 85))
    raster.rectangle(62, 41, 6, 1, (85, 85, 85))
    for at, lit in enumerate(_LIT):
        x = _FIRST_LED + at * _LED_STEP
        if lit:
            raster.rectangle(x, 36, 2, 1, (255, 85, 85))
            raster.rectangle(x, 35, 2, 1, (255, 85, 85))
        else:
            raster.rectangle(x, 35, 2, 2, (85, 0, 0))
    for step in range(200):  # the line, out to the wall
        sag = 38 + 3 * math.sin(step / 30) - step / 60
        raster.plot(70 + step / 20, sag, mix((170, 170, 170), (85, 85, 85), step / 200))
