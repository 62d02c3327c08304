from __future__ import annotations

from bbsterm.limits import MAX_BELLS_PER_SECOND
from bbsterm.tui.bell import BellRope


def test_a_board_that_rings_in_a_loop_is_heard_twice_a_second():
    rope = BellRope()

    rung = sum(rope.pull(now / 1000) for now in range(10_000))

    assert rung == 10 * MAX_BELLS_PER_SECOND
