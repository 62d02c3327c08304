from __future__ import annotations

import struct
import zlib

from hypothesis import given
from hypothesis import strategies as st

from bbsterm.screen import create_terminal
from bbsterm.screen.png import to_png


def picture(text: bytes, columns: int = 4, rows: int = 2, **options):
    """The chunks of a picture, and its pixels as rows of triples."""
    terminal = create_terminal("ansi", columns=columns, rows=rows, encoding="cp437")
    terminal.feed(text)
    data = to_png([terminal.line(row) for row in range(rows)], columns=columns, **options)
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    chunks, at = {}, 8
    while at < len(data):
        (length,) = struct.unpack_from("!I", data, at)
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        assert struct.unpack_from("!I", data, at + 8 + length)[0] == zlib.crc32(kind + body)
        chunks[kind] = body
        at += 12 + length
    width, height = struct.unpack_from("!II", chunks[b"IHDR"])
    raw = zlib.decompress(chunks[b"IDAT"])
    assert len(raw) == height * (1 + 3 * width)
    rows_of = [raw[y * (1 + 3 * width) + 1 : (y + 1) * (1 + 3 * width)] for y in range(height)]
    return chunks, [[row[x : x + 3] for x in range(0, len(row), 3)] for row in rows_of]


def test_a_full_block_fills_its_cell_with_its_colour():
    _, pixels = picture(b"\x1b[1;31m\xdb\x1b[0m ")

    assert (len(pixels[0]), len(pixels)) == (32, 32)
    assert {pixels[y][x] for x in range(8) for y in range(16)} == {b"\xff\x54\x54"}
    assert pixels[0][8] == b"\0\0\0"


def test_the_background_is_painted():
    _, pixels = picture(b"\x1b[44m \x1b[0m")

    assert pixels[3][3] == b"\0\0\xa8"


def test_it_can_be_larger_and_its_cells_square():
    assert len(picture(b"x", scale=3)[1][0]) == 96
    _, pixels = picture(b"\xdb", doubled=True)
    assert (len(pixels[0]), len(pixels)) == (64, 32)
    assert pixels[0][15] == b"\xa8\xa8\xa8"
    assert pixels[0][16] == b"\0\0\0"


def test_the_title_is_kept():
    assert picture(b"", title="Xibalba ♥")[0][b"iTXt"] == "Title\0\0\0\0\0Xibalba ♥".encode()


def test_no_rows_are_a_picture_too():
    assert to_png([], columns=2)[:8] == b"\x89PNG\r\n\x1a\n"


@given(st.binary(max_size=60))
def test_whatever_a_board_painted_is_a_picture(data):
    _, pixels = picture(data, columns=8, rows=3)

    assert (len(pixels[0]), len(pixels)) == (64, 48)
