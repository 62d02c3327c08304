from __future__ import annotations

from bbsterm.tui.mouse_gate import open_gate


def test_the_driver_is_told_and_one_that_cannot_is_left_alone():
    told: list[str] = []

    class Driver:
        def _enable_mouse_support(self):
            told.append("on")

        def _disable_mouse_support(self):
            told.append("off")

    assert open_gate(Driver(), ours=False)
    assert open_gate(Driver(), ours=True)
    assert told == ["off", "on"]
    assert not open_gate(object(), ours=True)
