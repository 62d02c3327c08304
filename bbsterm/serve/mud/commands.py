"""What players can type. One row a command; the first letters of a word will do."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, TypeVar

from bbsterm.serve.mud.game import Command, Game
from bbsterm.serve.mud.things import Creature, Player, Weapon
from bbsterm.serve.mud.world import DIRECTIONS

__all__ = ["COMMANDS"]

_Thing = TypeVar("_Thing", Weapon, Creature)


def _find(name: str, things: Iterable[_Thing]) -> _Thing | None:
    """The first thing whose name has a word that begins with `name`, or that is `name`."""
    wanted = name.lower().removeprefix("the ").removeprefix("a ")
    if not wanted:
        return None
    return next((thing for thing in things if f" {thing.name}".find(f" {wanted}") >= 0), None)


# --- what the commands do ------------------------------------------------------------------------------


def _walk(direction: str) -> Callable[[Game, Player, str], None]:
    def walk(game: Game, player: Player, rest: str) -> None:
        if player.fighting is not None:
            game.tell(player, f"The {player.fighting.name} is in your way. Try 'flee'.\n")
        elif not game.go(player, direction):
            game.tell(player, f"There is no way {direction}.\n")

    return walk


def _look(game: Game, player: Player, rest: str) -> None:
    if not rest:
        game.look(player)
        return
    near = [*player.weapons, *game.world.lying[player.room]]
    thing = _find(rest, near) or _find(rest, game.creatures(player.room))
    if thing is None:
        game.tell(player, f"There is no {rest!r} here.\n")
    else:
        game.tell(player, f"{thing.about or 'Nothing special.'} (Damage: {thing.damage})\n")


def _get(game: Game, player: Player, rest: str) -> None:
    weapon = _find(rest, game.world.lying[player.room])
    if weapon is None:
        game.tell(player, f"There is no {rest!r} here.\n" if rest else "Get what?\n")
        return
    if not game.take(player, weapon):
        game.tell(player, "Your hands are full.\n")
        return
    game.tell(player, f"You take the {weapon.name}. ('wield {weapon.name}' to fight with it.)\n")
    game.tell_room(player, f"{player.name} takes the {weapon.name}.\n")


def _drop(game: Game, player: Player, rest: str) -> None:
    weapon = _find(rest, player.weapons)
    if weapon is None:
        game.tell(player, f"You have no {rest!r}.\n" if rest else "Drop what?\n")
        return
    game.drop(player, weapon)
    game.tell(player, f"You drop the {weapon.name}.\n")
    game.tell_room(player, f"{player.name} drops the {weapon.name}.\n")


def _wield(game: Game, player: Player, rest: str) -> None:
    weapon = _find(rest, player.weapons)
    if weapon is None:
        game.tell(player, f"You have no {rest!r}.\n" if rest else "Wield what?\n")
        return
    player.wielded = weapon
    game.tell(player, f"You hold the {weapon.name} ready.\n")
    game.changed(player)


def _inventory(game: Game, player: Player, rest: str) -> None:
    carried = ", ".join(f"a {weapon.name} ({weapon.damage})" for weapon in player.weapons)
    game.tell(player, f"You carry {carried or 'nothing'}, and fight with your {player.wielded.name}.\n")


def _attack(game: Game, player: Player, rest: str) -> None:
    creature = _find(rest, game.creatures(player.room))
    if creature is None:
        game.tell(player, f"There is no {rest!r} here to fight.\n" if rest else "Attack what?\n")
    elif player.fighting is creature:
        game.tell(player, "You do your best already.\n")
    else:
        game.attack(player, creature)


def _flee(game: Game, player: Player, rest: str) -> None:
    if player.fighting is None:
        game.tell(player, "From what?\n")
    else:
        game.tell(player, "You run!\n", "fight")
        game.flee(player)


def _say(game: Game, player: Player, rest: str) -> None:
    if not rest:
        game.tell(player, "Say what?\n")
        return
    game.tell(player, f'You say, "{rest}"\n', "talk")
    for other in game.others(player):
        game.say(other, player, "say", f'{player.name} says, "{rest}"\n', rest)


def _shout(game: Game, player: Player, rest: str) -> None:
    if not rest:
        game.tell(player, "Shout what?\n")
        return
    game.tell(player, f'You shout, "{rest}"\n', "talk")
    for other in game.players.values():
        if other is not player:
            game.say(other, player, "shout", f'{player.name} shouts, "{rest}"\n', rest)


def _tell(game: Game, player: Player, rest: str) -> None:
    name, _, words = rest.partition(" ")
    other = game.players.get(name.capitalize())
    if other is None or other is player or not words:
        game.tell(player, "Tell whom what? 'who' lists who is there.\n")
        return
    game.tell(player, f'You tell {other.name}, "{words}"\n', "talk")
    game.say(other, player, "tell", f'{player.name} tells you, "{words}"\n', words)


def _who(game: Game, player: Player, rest: str) -> None:
    for other in game.players.values():
        where = game.room(other).name
        game.tell(player, f"{other.name:<16}  level {other.level:<3} {where}\n")


def _score(game: Game, player: Player, rest: str) -> None:
    game.tell(
        player,
        f"You are {player.name}, level {player.level}. Health {player.health} of {player.most_health}, "
        f"experience {player.experience}. You fight with your {player.wielded.name}.\n",
    )


def _help(game: Game, player: Player, rest: str) -> None:
    for command in game.commands:
        game.tell(player, f"{f'{command.word} {command.after}'.rstrip():<20} {command.help}\n")


def _quit(game: Game, player: Player, rest: str) -> None:
    game.tell(player, "The line goes quiet. Goodbye.\n")
    game.left(player)


# fmt: off
COMMANDS: Final[tuple[Command, ...]] = (
    *(Command(direction, "", f"go {direction}", _walk(direction)) for direction in DIRECTIONS),
    Command("look",      "[THING]",   "at the room, or closely at a thing", _look),
    Command("get",       "THING",     "pick it up",                         _get),
    Command("drop",      "THING",     "put it down",                        _drop),
    Command("wield",     "WEAPON",    "fight with it",                      _wield),
    Command("inventory", "",          "what you carry",                     _inventory),
    Command("attack",    "CREATURE",  "begin a fight",                      _attack),
    Command("kill",      "CREATURE",  "the same",                           _attack),
    Command("flee",      "",          "end it by running away",             _flee),
    Command("say",       "WORDS",     "to those in the room; or 'WORDS",    _say),
    Command("shout",     "WORDS",     "to everybody",                       _shout),
    Command("tell",      "WHO WORDS", "to one",                             _tell),
    Command("who",       "",          "who is playing",                     _who),
    Command("score",     "",          "how you are",                        _score),
    Command("help",      "",          "this list",                          _help),
    Command("quit",      "",          "leave; your character is kept",      _quit),
)
# fmt: on
