from __future__ import annotations

from bbsterm.mud import gmcp_decode, gmcp_encode, msdp_decode, msdp_encode, mssp_decode, mssp_encode
from bbsterm.serve.mud import telling
from bbsterm.serve.mud.game import Said
from tests.serve.mud.conftest import SWORD


def test_gmcp_survives_the_wire(table):
    ann = table.enter("Ann", wielded=SWORD, experience=30)

    for message, expected in [
        (telling.vitals(table.game, ann), {"hp": 20, "maxhp": 26, "xp": 30}),
        (
            telling.status(table.game, ann),
            {"name": "Ann", "level": 2, "weapon": "long sword", "opponent": ""},
        ),
        (
            telling.room_info(table.game, ann),
            {"num": 1, "name": "Hall", "area": "Small", "exits": {"n": 2}},
        ),
        (
            telling.talk(Said("Ann", "", "talk", "say", "Bob", "hi")),
            {"channel": "say", "talker": "Bob", "text": "hi"},
        ),
    ]:
        assert gmcp_decode(gmcp_encode(*message)) == (message[0], expected)


def test_msdp_tells_every_variable(table):
    ann = table.enter("Ann")
    ann.room = 2
    table.type("Ann", "kill wolf")

    told = msdp_decode(msdp_encode(telling.msdp_variables(table.game, ann, [*telling.MSDP, "NO_SUCH"])))

    assert set(told) == set(telling.MSDP)
    assert told["OPPONENT_NAME"] == "grey wolf"
    assert told["ROOM"] == {"VNUM": "2", "NAME": "Yard", "AREA": "Small", "EXITS": {"south": "1"}}


def test_msdp_commands():
    reported = set()

    assert telling.msdp_answer({"REPORT": ["HEALTH", "NO_SUCH"]}, reported) == ({}, ["HEALTH"])
    assert reported == {"HEALTH"}
    assert telling.msdp_answer({"LIST": "REPORTED_VARIABLES"}, reported) == (
        {"REPORTED_VARIABLES": ["HEALTH"]},
        [],
    )
    assert telling.msdp_answer({"SEND": "LEVEL"}, reported) == ({}, ["LEVEL"])
    telling.msdp_answer({"UNREPORT": "HEALTH"}, reported)
    assert reported == set()
    telling.msdp_answer({"REPORT": ["HEALTH"]}, reported)
    telling.msdp_answer({"RESET": "REPORTED_VARIABLES"}, reported)
    assert reported == set()
    assert "REPORT" in telling.msdp_answer({"LIST": "COMMANDS"}, reported)[0]["COMMANDS"]
    assert telling.msdp_answer({"LIST": {"A": "B"}, "SEND": [["X"]], "ODD": "1"}, reported) == ({}, [])


def test_mssp_counts(table):
    table.enter("Ann")

    card = mssp_decode(mssp_encode(telling.mssp(table.game, since=1000, codebase="bbsterm 1")))

    assert (card["NAME"], card["PLAYERS"], card["UPTIME"], card["ROOMS"]) == ("Small", "1", "1000", "2")
