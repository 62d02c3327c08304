from __future__ import annotations

from bbsterm.serve.plasma import frame


def test_every_moment_is_a_whole_picture_of_the_sixteen_colours():
    for seconds in (0, 0.1, 7, 59.9):
        picture = frame(seconds, 80, 22)

        assert len(picture.rows) == 22
        assert {len(row) for row in picture.rows} == {80}
        assert {cell.char for row in picture.rows for cell in row} <= set(" ░▒▓█")
        assert all(0 <= cell.style.background < 8 for row in picture.rows for cell in row)
        assert all(0 <= cell.style.foreground < 16 for row in picture.rows for cell in row)


def test_it_moves():
    assert frame(0, 80, 22).rows != frame(0.5, 80, 22).rows
