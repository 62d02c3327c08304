"""A small MUD: rooms, weapons, creatures, fights, several players, GMCP, MSDP and MSSP.

`world` is the map, `things` what is on it, `game` the rules without any I/O, `commands` what players can
type, `telling` what MUD clients are told beside the text, `store` the file that characters are kept in;
`caller` and `play` are the thin part that speaks with callers.

>>> server = await bbsterm.create_server("127.0.0.1", 4000, shell=bbsterm.serve.mud.shell, line_mode=True)
"""

from __future__ import annotations

from bbsterm.serve.mud.commands import COMMANDS
from bbsterm.serve.mud.game import Command, Game
from bbsterm.serve.mud.play import Mud, shell
from bbsterm.serve.mud.store import Store
from bbsterm.serve.mud.things import Creature, Dice, Player, Room, Weapon
from bbsterm.serve.mud.world import World, old_exchange

__all__ = [
    "COMMANDS",
    "Command",
    "Creature",
    "Dice",
    "Game",
    "Mud",
    "Player",
    "Room",
    "Store",
    "Weapon",
    "World",
    "old_exchange",
    "shell",
]
