"""`bbsterm completion SHELL`: what makes bash, zsh or fish complete our commands, options and boards."""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Iterator, Sequence
from typing import Final

from bbsterm.cli.base import COMMANDS, Commands, ExitCode, Parser, examples

__all__ = ["add_to", "run", "words_for"]

_DESCRIPTION: Final = """\
Print a script for the shell. It completes commands, options, their values, and the boards of the book."""

_BASH: Final = r"""
_bbsterm() {
    local word="${COMP_WORDS[COMP_CWORD]}" line
    COMPREPLY=()
    while IFS= read -r line; do
        [[ $line == "$word"* ]] && COMPREPLY+=("$(printf '%q' "$line")")
    done < <(bbsterm completion words -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -o bashdefault -F _bbsterm bbsterm
"""

_ZSH: Final = r"""#compdef bbsterm
_bbsterm() {
    local -a found
    found=("${(@f)$(bbsterm completion words -- "${(@)words[2,CURRENT]}" 2>/dev/null)}")
    if (( ${#found} )) && [[ -n ${found[1]} ]]; then
        compadd -- "${found[@]}"
    else
        _files
    fi
}
compdef _bbsterm bbsterm
"""

_FISH: Final = r"""
function __bbsterm_words
    set -l before (commandline -opc)
    bbsterm completion words -- $before[2..-1] (commandline -ct) 2>/dev/null
end
complete -c bbsterm -a '(__bbsterm_words)'
"""

_SCRIPTS: Final = {"bash": _BASH, "zsh": _ZSH, "fish": _FISH}
_BOARDS: Final = frozenset({"address", "board", "what"})
"""Positional arguments that name a board."""

_MAX_BOARDS: Final = 5000


def add_to(commands: Commands) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "completion",
        description=_DESCRIPTION,
        epilog=examples(
            'eval "$(bbsterm completion bash)"      # in ~/.bashrc',
            'eval "$(bbsterm completion zsh)"       # in ~/.zshrc, after compinit',
            "bbsterm completion fish > ~/.config/fish/completions/bbsterm.fish",
        ),
    )
    parser.add_argument("shell", metavar="SHELL", choices=(*_SCRIPTS, "words"), help="bash, zsh or fish")
    parser.add_argument("words", nargs="*", help=argparse.SUPPRESS)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the script; or, for a script that asks, the words that could come next."""
    if args.shell != "words":
        print(_SCRIPTS[args.shell].strip())
        return ExitCode.OK
    for word in words_for(args.words):
        print(word)
    return ExitCode.OK


def words_for(typed: Sequence[str]) -> list[str]:
    """What could stand in place of the last word, given those before it; nothing where files could.

    Args:
        typed: The words after ``bbsterm``; the last is the one that is being typed, perhaps empty.
    """
    *before, word = typed or [""]
    verbs = [command.name for command in COMMANDS]
    verb = next((each for each in before if not each.startswith("-")), None)
    if verb is None:
        found = ["--help", "--version"] if word.startswith("-") else verbs
    elif verb not in verbs:
        found = []
    else:
        found = list(_words_of(_parser_of(verb), before[before.index(verb) + 1 :], word))
    return [each for each in dict.fromkeys(found) if each.startswith(word)]


def _parser_of(verb: str) -> Parser:
    parser = Parser(prog="bbsterm")
    commands: Commands = parser.add_subparsers()
    module = next(command.module for command in COMMANDS if command.name == verb)
    importlib.import_module(module).add_to(commands)
    return commands.choices[verb]


def _words_of(parser: argparse.ArgumentParser, before: Sequence[str], word: str) -> Iterator[str]:
    """What a command can be followed by."""
    options = {name: action for action in parser._actions for name in action.option_strings}
    if before and (last := options.get(before[-1])) is not None and last.nargs != 0:
        yield from map(str, last.choices or ())
        return
    positional = [action for action in parser._actions if not action.option_strings]
    for action in positional:
        if isinstance(action, argparse._SubParsersAction):
            chosen = next((each for each in before if each in action.choices), None)
            if chosen is None:
                yield from action.choices
            else:
                yield from _words_of(action.choices[chosen], before[before.index(chosen) + 1 :], word)
            return
    if word.startswith("-"):
        yield from options
        return
    for action in positional:
        yield from map(str, action.choices or ())
        if action.dest in _BOARDS:
            yield from _boards()


def _boards() -> Iterator[str]:
    """Names of the address book, and the demo board."""
    from bbsterm.book import Book
    from bbsterm.cli.own_book import book_paths
    from bbsterm.errors import BbstermError

    yield "demo"
    paths = book_paths()
    if not (paths.entries.exists() or paths.state.exists()):
        return  # asking makes no files
    try:
        with Book.open(paths) as book:
            yield from (entry.name for entry in book.entries[:_MAX_BOARDS])
    except BbstermError:
        return
