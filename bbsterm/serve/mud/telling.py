"""What MUD clients are told beside the text: GMCP messages, MSDP variables, MSSP's card of the game."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from bbsterm.serve.mud.game import Game, Said
from bbsterm.serve.mud.things import Player

__all__ = ["MSDP", "msdp_answer", "msdp_variables", "mssp", "room_info", "status", "talk", "vitals"]

_COMMANDS: Final = ("LIST", "REPORT", "RESET", "SEND", "UNREPORT")
_LISTS: Final = (
    "COMMANDS",
    "LISTS",
    "CONFIGURABLE_VARIABLES",
    "REPORTABLE_VARIABLES",
    "REPORTED_VARIABLES",
    "SENDABLE_VARIABLES",
)


# --- GMCP ------------------------------------------------------------------------------------------


def vitals(game: Game, player: Player) -> tuple[str, dict[str, Any]]:
    """`Char.Vitals`."""
    return "Char.Vitals", {"hp": player.health, "maxhp": player.most_health, "xp": player.experience}


def status(game: Game, player: Player) -> tuple[str, dict[str, Any]]:
    """`Char.Status`."""
    opponent = player.fighting.name if player.fighting else ""
    return "Char.Status", {
        "name": player.name,
        "level": player.level,
        "weapon": player.wielded.name,
        "opponent": opponent,
    }


def room_info(game: Game, player: Player) -> tuple[str, dict[str, Any]]:
    """`Room.Info`, as Mudlet's and TinTin++'s mappers read it."""
    room = game.room(player)
    return "Room.Info", {
        "num": room.number,
        "name": room.name,
        "area": game.world.name,
        "exits": {direction[0]: number for direction, number in room.exits.items()},
    }


def talk(said: Said) -> tuple[str, dict[str, Any]]:
    """`Comm.Channel.Text`."""
    return "Comm.Channel.Text", {"channel": said.channel, "talker": said.talker, "text": said.words}


# --- MSDP ------------------------------------------------------------------------------------------


def _room(game: Game, player: Player) -> dict[str, Any]:
    room = game.room(player)
    return {"VNUM": room.number, "NAME": room.name, "AREA": game.world.name, "EXITS": dict(room.exits)}


# fmt: off
MSDP: Final[Mapping[str, Callable[[Game, Player], Any]]] = {
    "CHARACTER_NAME":      lambda game, player: player.name,
    "HEALTH":              lambda game, player: player.health,
    "HEALTH_MAX":          lambda game, player: player.most_health,
    "EXPERIENCE":          lambda game, player: player.experience,
    "LEVEL":               lambda game, player: player.level,
    "WEAPON":              lambda game, player: player.wielded.name,
    "OPPONENT_NAME":       lambda game, player: player.fighting.name if player.fighting else "",
    "OPPONENT_HEALTH":     lambda game, player: player.fighting.health if player.fighting else 0,
    "OPPONENT_HEALTH_MAX": lambda game, player: player.fighting.most_health if player.fighting else 0,
    "ROOM":                _room,
}
# fmt: on


def msdp_variables(game: Game, player: Player, names: Iterable[str]) -> dict[str, Any]:
    """The values of those variables that there are."""
    return {name: MSDP[name](game, player) for name in names if name in MSDP}


def msdp_answer(asked: Mapping[str, Any], reported: set[str]) -> tuple[dict[str, Any], list[str]]:
    """Answer what a client asks by MSDP, and keep `reported`, the variables that it wants to follow.

    Returns:
        Variables to send, and the names of those whose values to send as well.
    """
    answer: dict[str, Any] = {}
    wanted: list[str] = []
    for command in _COMMANDS:
        names = asked.get(command, [])
        names = [name for name in ([names] if isinstance(names, str) else names) if isinstance(name, str)]
        if command == "LIST":
            answer.update({name: _listed(name, reported) for name in names if name in _LISTS})
        elif command == "REPORT":
            reported.update(name for name in names if name in MSDP)
            wanted += names
        elif command == "SEND":
            wanted += names
        elif command == "UNREPORT":
            reported.difference_update(names)
        elif names:  # RESET, of a list of variables
            reported.clear()
    return answer, list(dict.fromkeys(name for name in wanted if name in MSDP))


def _listed(name: str, reported: set[str]) -> list[str]:
    known: dict[str, Iterable[str]] = {
        "COMMANDS": _COMMANDS,
        "LISTS": _LISTS,
        "REPORTABLE_VARIABLES": MSDP,
        "SENDABLE_VARIABLES": MSDP,
        "REPORTED_VARIABLES": sorted(reported),
    }
    return list(known.get(name, ()))


# --- MSSP ------------------------------------------------------------------------------------------


def mssp(game: Game, *, since: int, codebase: str) -> dict[str, Any]:
    """What crawlers are told; `since` is when the game began, in seconds since the epoch."""
    return {
        "NAME": game.world.name,
        "PLAYERS": len(game.players),
        "UPTIME": since,
        "CODEBASE": codebase,
        "FAMILY": "Custom",
        "GAMEPLAY": "Hack and Slash",
        "STATUS": "Live",
        "AREAS": 1,
        "ROOMS": len(game.world.rooms),
        "MOBILES": len(game.world.creatures),
        "OBJECTS": len(game.world.weapons),
        "ANSI": 1,
        "UTF-8": 1,
        "GMCP": 1,
        "MSDP": 1,
    }
