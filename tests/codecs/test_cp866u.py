from __future__ import annotations

from bbsterm.codecs.cp866u import CP866U


def test_ukrainian_letters_and_the_rest_as_cp866():
    assert CP866U.decode(b"\xf2\xf3\xf4\xf5\xf6\xf7\xf8\xf9") == "ҐґЄєІіЇї"
    assert CP866U.decode(bytes(range(0xF2))) == bytes(range(0xF2)).decode("cp866")


def test_what_differs_from_cp1125():
    differ = [byte for byte in range(256) if CP866U.table[byte] != bytes([byte]).decode("cp1125")]
    assert differ == [0xFC, 0xFD]
    assert CP866U.encode("№¤©²") == b"\xfc\xfd\xfc\xfd"
