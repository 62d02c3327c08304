"""What the mini-MUD's players can type beside the usual: a command is a row with a function."""

from __future__ import annotations

from bbsterm.serve.mud import COMMANDS as USUAL
from bbsterm.serve.mud import Command, Game, Player


def light(game: Game, player: Player, rest: str) -> None:
    if game.room(player).name != "The Lamp":
        game.tell(player, "There is nothing to light here.\n")
        return
    player.experience += 50
    game.changed(player)
    for other in game.players.values():
        game.tell(other, f"{player.name} has lit the lamp: far out, a ship turns.\n", "room")


COMMANDS = (*USUAL, Command("light", "", "the lamp, where it is", light))
