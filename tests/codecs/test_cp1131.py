from __future__ import annotations

from bbsterm.codecs.cp1131 import CP1131


def test_belarusian_letters_and_the_rest_as_cp866():
    assert CP1131.decode(b"\xf0\xf1\xf6\xf7\xf8\xf9") == "ЁёЎўІі"
    assert CP1131.decode(bytes(range(0xF2))) == bytes(range(0xF2)).decode("cp866")
    assert CP1131.encode("Ґґ√") == b"\xfc\xfd\xfb"
