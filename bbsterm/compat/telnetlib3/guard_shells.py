"""Who may come in, under the name of its old module."""

from __future__ import annotations

from bbsterm.serve.shells.guards import ConnectionCounter, busy_shell, robot_check, robot_shell

__all__ = ["ConnectionCounter", "busy_shell", "robot_check", "robot_shell"]
