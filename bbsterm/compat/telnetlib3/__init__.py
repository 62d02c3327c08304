"""telnetlib3's modules by their old names: ``from bbsterm.server_shell import readline`` finds them here.

Each only says where a name lives now. `bbsterm` has this folder on its path, so a program that imported
``telnetlib3.server`` imports ``bbsterm.server`` and goes on.
"""

from __future__ import annotations

__all__: list[str] = []
