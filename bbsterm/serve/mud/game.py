"""The game: who is where, who fights whom. It does no I/O, and is told the time.

What players type goes into `command`, time into `tick`; what they are to see comes out of `take_news`.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from bbsterm.limits import MAX_CHAT_LINE, MAX_MUD_WEAPONS
from bbsterm.serve.clean import line as clean_line
from bbsterm.serve.mud.things import FISTS, Creature, Player, Room, Weapon
from bbsterm.serve.mud.world import World

__all__ = ["ROUND", "Command", "Game", "Left", "Moved", "News", "Said", "StateChanged", "Told"]

ROUND: Final = 2.0
"""Seconds between two blows."""

_BACK_AFTER: Final = 60.0
"""Seconds until a creature is there again, and between two rounds of the janitor's."""


@dataclass(frozen=True, slots=True)
class News:
    """Something that one player is to learn."""

    player: str


@dataclass(frozen=True, slots=True)
class Told(News):
    """Text, lines ended by a newline. `kind` is "room", "fight", "talk" or "": how it may be coloured."""

    text: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Said(Told):
    """The same, and what a MUD client may show in a window of its own: who said what on which channel."""

    channel: str = ""
    talker: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class StateChanged(News):
    """The player's own state has changed: health, experience, weapon, opponent."""


@dataclass(frozen=True, slots=True)
class Moved(News):
    """The player is in another room."""


@dataclass(frozen=True, slots=True)
class Left(News):
    """The player has left the game by its own wish."""


class Command(NamedTuple):
    """A word that players can type, what comes after it, what it does, and the function that does it."""

    word: str
    after: str
    help: str
    run: Callable[[Game, Player, str], None]


class Game:
    """Players in a world.

    Args:
        world: The map, with what lies and lives on it.
        commands: What players can type: `bbsterm.serve.mud.commands.COMMANDS`, and your own.
        chance: Where luck comes from; give a seeded one to tests.
        now: The time in seconds, on the clock that is passed in later, too.
    """

    def __init__(
        self,
        world: World,
        commands: Sequence[Command],
        *,
        chance: random.Random | None = None,
        now: float = 0.0,
    ) -> None:
        self.world = world
        self.commands = tuple(commands)
        self.players: dict[str, Player] = {}
        self._chance = chance or random.Random()
        self._now = now
        self._tidy_at = now + _BACK_AFTER
        self._news: list[News] = []

    def take_news(self) -> list[News]:
        """What has happened since the last time, in its order."""
        news, self._news = self._news, []
        return news

    # --- who is there ----------------------------------------------------------------------------

    def enter(self, player: Player) -> None:
        """A player begins to play, with full attention of those in the room.

        Raises:
            ValueError: Somebody of this name is playing already.
        """
        if player.name in self.players:
            raise ValueError(f"{player.name} is playing already")
        if player.room not in self.world.rooms:
            player.room = self.world.start
        player.health = max(1, min(player.health, player.most_health))
        self.players[player.name] = player
        self.tell_room(player, f"{player.name} steps out of the static.\n")
        self._arrived(player)

    def leave(self, name: str) -> Player | None:
        """A player is gone; what it was, to be kept. None if there was none of that name."""
        player = self.players.pop(name, None)
        if player is not None:
            player.fighting = None
            self.tell_room(player, f"{name} fades away.\n")
        return player

    def others(self, player: Player) -> Iterator[Player]:
        """Who else is in the room."""
        return (other for other in self.players.values() if other.room == player.room and other is not player)

    def creatures(self, room: int) -> Iterator[Creature]:
        """Who of the creatures is there, alive."""
        return (creature for creature in self.world.creatures if creature.room == room and creature.alive)

    def room(self, player: Player) -> Room:
        """Where the player is."""
        return self.world.rooms[player.room]

    # --- saying things -----------------------------------------------------------------------------

    def command(self, name: str, line: str) -> None:
        """A player typed `line`. The first letters of a word will do; ``'hello`` is ``say hello``."""
        player = self.players.get(name)
        line = clean_line(line, MAX_CHAT_LINE)
        word, _, rest = (f"say {line[1:]}" if line.startswith("'") else line).partition(" ")
        if player is None or not word:
            return
        for command in self.commands:  # the first row that begins so: "s" is south, not say
            if command.word.startswith(word.lower()):
                command.run(self, player, rest.strip())
                return
        self.tell(player, f"Nobody here knows how to {word!r}. Try 'help'.\n")

    def tell(self, player: Player, text: str, kind: str = "") -> None:
        """Tell one player."""
        self._news.append(Told(player.name, text, kind))

    def tell_room(self, player: Player, text: str, kind: str = "") -> None:
        """Tell the others in the player's room."""
        for other in self.others(player):
            self.tell(other, text, kind)

    def say(self, to: Player, talker: Player, channel: str, shown: str, words: str) -> None:
        """Have `to` hear what `talker` said; `shown` is the whole line."""
        self._news.append(Said(to.name, shown, "talk", channel, talker.name, words))

    def changed(self, player: Player) -> None:
        """The player's state has changed."""
        self._news.append(StateChanged(player.name))

    def left(self, player: Player) -> None:
        """The player wants to go."""
        self._news.append(Left(player.name))

    # --- moving --------------------------------------------------------------------------------------

    def go(self, player: Player, direction: str) -> bool:
        """Walk in a direction, if there is a way."""
        number = self.room(player).exits.get(direction)
        if number is None:
            return False
        self.tell_room(player, f"{player.name} leaves {direction}.\n")
        player.room = number
        self.tell_room(player, f"{player.name} arrives.\n")
        self._arrived(player)
        return True

    def _arrived(self, player: Player) -> None:
        self._news.append(Moved(player.name))
        self.look(player)

    def look(self, player: Player) -> None:
        """Describe the room."""
        room = self.room(player)
        self.tell(player, f"{room.name}\n", "room")
        self.tell(player, f"{room.about}\n")
        self.tell(player, f"Exits: {', '.join(room.exits) or 'none'}.\n")
        for weapon in self.world.lying[room.number]:
            self.tell(player, f"A {weapon.name} lies here.\n")
        for creature in self.creatures(room.number):
            self.tell(player, f"A {creature.name} is here.\n")
        for other in self.others(player):
            self.tell(player, f"{other.name} is here.\n")

    # --- things -----------------------------------------------------------------------------------------

    def take(self, player: Player, weapon: Weapon) -> bool:
        """Pick up what lies in the room, unless the hands are full."""
        if len(player.weapons) >= MAX_MUD_WEAPONS:
            return False
        self.world.lying[player.room].remove(weapon)
        player.weapons.append(weapon)
        return True

    def drop(self, player: Player, weapon: Weapon) -> None:
        """Put down what is carried."""
        player.weapons.remove(weapon)
        self.world.lying[player.room].append(weapon)
        if weapon not in player.weapons and player.wielded == weapon:
            player.wielded = FISTS
            self.changed(player)

    # --- time and fights -----------------------------------------------------------------------------------

    def tick(self, now: float) -> None:
        """A round: everybody who fights strikes, wounds heal, what is lost comes back. Every `ROUND`."""
        self._now = now
        if now >= self._tidy_at:
            self._tidy_at = now + _BACK_AFTER
            self.world.tidy()
        for creature in self.world.creatures:
            if creature.back_at is not None and now >= creature.back_at:
                creature.health, creature.back_at = creature.most_health, None
                for player in self.players.values():
                    if player.room == creature.room:
                        self.tell(player, f"A {creature.name} comes out of the dark.\n")
        for player in list(self.players.values()):
            if player.fighting is not None:
                self._exchange_blows(player, player.fighting)
            elif player.health < player.most_health:
                player.health += 1
                self.changed(player)

    def attack(self, player: Player, creature: Creature) -> None:
        """Begin a fight; the first blow falls at once."""
        player.fighting = creature
        self.tell_room(player, f"{player.name} attacks the {creature.name}!\n", "fight")
        self._exchange_blows(player, creature)

    def flee(self, player: Player) -> None:
        """Run, anywhere."""
        player.fighting = None
        self.changed(player)
        if ways := list(self.room(player).exits):
            self.go(player, self._chance.choice(ways))

    def _exchange_blows(self, player: Player, creature: Creature) -> None:
        if creature.room != player.room or not creature.alive:
            player.fighting = None
            self.changed(player)
            return
        blow = player.wielded.damage.roll(self._die) + player.level - 1
        creature.health -= blow
        self.tell(player, f"You hit the {creature.name} with your {player.wielded.name} ({blow}).\n", "fight")
        if creature.health <= 0:
            self._slain(player, creature)
            return
        blow = creature.damage.roll(self._die)
        player.health -= blow
        self.tell(player, f"The {creature.name} hits you ({blow}).\n", "fight")
        if player.health <= 0:
            self._died(player, creature)
        self.changed(player)

    def _slain(self, player: Player, creature: Creature) -> None:
        level = player.level
        creature.back_at = self._now + _BACK_AFTER
        player.fighting = None
        player.experience += creature.experience
        self.tell(player, f"The {creature.name} is no more. You learn {creature.experience}.\n", "fight")
        self.tell_room(player, f"{player.name} has put an end to the {creature.name}.\n", "fight")
        if player.level > level:
            player.health = player.most_health
            self.tell(player, f"You are on level {player.level} now!\n", "fight")
        for other in self.others(player):
            if other.fighting is creature:
                other.fighting = None
                self.changed(other)
        self.changed(player)

    def _died(self, player: Player, creature: Creature) -> None:
        """Nobody is gone for good: one wakes up where one began."""
        player.fighting = None
        self.tell(player, "NO CARRIER. You wake up somewhere else, with a headache.\n", "fight")
        self.tell_room(player, f"The {creature.name} disconnects {player.name}.\n", "fight")
        player.room = self.world.start
        player.health = player.most_health // 2
        self._arrived(player)

    def _die(self, sides: int) -> int:
        return self._chance.randint(1, sides)
