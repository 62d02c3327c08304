"""From steps to instructions: labels, other macros, and circles."""

from __future__ import annotations

from pathlib import Path

import pytest

from bbsterm import limits
from bbsterm.errors import ConfigError
from bbsterm.macros.program import Await, End, Jump, Type, compile_macro
from bbsterm.macros.reading import read_macro


def macro(name, text):
    return read_macro(text, Path(f"{name}.toml"))


def book(**texts):
    macros = {name: macro(name, text) for name, text in texts.items()}

    def find(name):
        if name not in macros:
            raise KeyError(*macros)
        return macros[name]

    return find


def test_labels_are_places():
    program = compile_macro(macro("m", '[[step]]\nlabel = "top"\nsend = "x"\n[[step]]\ngoto = "top"'))

    assert [type(one) for one in program.instructions] == [Type, Jump, End]
    assert program.instructions[1].target == 0


def test_other_macros_are_put_in_their_place():
    find = book(main='[[step]]\nrun = "login"\n[[step]]\nsend = "q"', login='[[step]]\nsend = "{user}"')

    program = compile_macro(find("main"), find)

    assert program.steps == 3
    assert program.lines == (("main.toml", 1), ("login.toml", 1), ("main.toml", 3))
    assert program.variables == {"user"}


def test_what_is_captured_need_not_be_known_before():
    text = '[[step]]\ncapture = { row = 1, into = "node" }\n[[step]]\nsend = "{node}{secret}"'

    program = compile_macro(macro("m", text))

    assert program.variables == {"secret"}
    assert program.needs_secret


def test_a_step_that_may_be_skipped_goes_on_after_itself():
    text = '[[step]]\nexpect = "x"\nsend = "y"\non_timeout = "skip"\n[[step]]\nhangup = true'

    await_, _, after, _ = compile_macro(macro("m", text)).instructions

    assert isinstance(await_, Await)
    assert (await_.targets[0][1], await_.late) == (1, 2)
    assert after.step == 2


@pytest.mark.parametrize(
    ("texts", "said", "hint"),
    [
        (
            {"main": '[[step]]\ngoto = "tpo"\n[[step]]\nlabel = "top"\npause = 1'},
            "no step has the label 'tpo'",
            "top",
        ),
        ({"main": '[[step]]\nlabel = "a"\npause = 1\n[[step]]\nlabel = "a"\npause = 1'}, "there twice", ""),
        ({"main": '[[step]]\nrun = "lgin"', "login": "[[step]]\npause = 1"}, "no macro 'lgin'", "login"),
        ({"main": '[[step]]\nrun = "main"'}, "main -> main", ""),
        ({"main": '[[step]]\nrun = "b"', "b": '[[step]]\nrun = "main"'}, "main -> b -> main", ""),
    ],
)
def test_what_cannot_run_is_refused_before_it_runs(texts, said, hint):
    find = book(**texts)

    with pytest.raises(ConfigError, match=said) as caught:
        compile_macro(find("main"), find)

    assert hint in caught.value.hint


def test_a_label_of_another_macro_is_not_known():
    find = book(main='[[step]]\nrun = "b"\n[[step]]\ngoto = "x"', b='[[step]]\nlabel = "x"\npause = 1')

    with pytest.raises(ConfigError, match=r"main.toml:3: no step has the label 'x'"):
        compile_macro(find("main"), find)


def test_there_is_an_end_to_steps_and_depth():
    twenty = "[[step]]\npause = 1\n" * 20
    many = book(main='[[step]]\nrun = "b"\n' * 10, b=twenty)
    deep = book(**{f"m{at}": f'[[step]]\nrun = "m{at + 1}"' for at in range(limits.MAX_MACRO_DEPTH + 1)})

    with pytest.raises(ConfigError, match="more than 200"):
        compile_macro(many("main"), many)
    with pytest.raises(ConfigError, match="8 deep"):
        compile_macro(deep("m0"), deep)
