"""Whose the mouse is: Textual takes it from the host terminal, and has no public way to give it back."""

from __future__ import annotations

__all__ = ["open_gate"]


def open_gate(driver: object, *, ours: bool) -> bool:
    """Have the host terminal report the mouse to us, or keep it for itself (selecting, its own menus).

    Returns:
        False where the driver (or its next version) cannot: then everything stays as it is.
    """
    switch = getattr(driver, "_enable_mouse_support" if ours else "_disable_mouse_support", None)
    if not callable(switch):
        return False
    switch()
    return True
