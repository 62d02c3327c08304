from __future__ import annotations

from dataclasses import replace

import pytest

from bbsterm import limits
from bbsterm.serve.store.mail import Letter, MailBoxFull, Mails
from bbsterm.serve.store.messages import Quota
from bbsterm.serve.store.users import Users


@pytest.fixture
async def letter(database, now):
    users = Users(database)
    ann = await users.create("Ann", "secret", now=now)
    bob = await users.create("Bob", "secret", now=now)
    yield Letter("Ann", ann.id, bob.id, now, "Hello", "text")
    users.close()


@pytest.fixture
def mail(database):
    return Mails(database)


async def test_a_letter_reaches_its_recipient_and_nobody_else(mail, letter):
    await mail.send(letter)

    (got,) = await mail.inbox(letter.recipient)
    assert replace(got, id=0) == letter
    assert await mail.inbox(letter.sender_id) == []
    assert (await mail.unread(letter.recipient), await mail.unread(letter.sender_id)) == (1, 0)


async def test_only_its_recipient_can_read_and_delete_it(mail, letter):
    await mail.send(letter)
    (got,) = await mail.inbox(letter.recipient)

    await mail.mark_seen(letter.sender_id, got.id)
    await mail.delete(letter.sender_id, got.id)
    assert await mail.inbox(letter.recipient) == [got]

    await mail.mark_seen(letter.recipient, got.id)
    assert await mail.unread(letter.recipient) == 0
    await mail.delete(letter.recipient, got.id)
    assert await mail.inbox(letter.recipient) == []


async def test_a_full_box_lets_go_of_what_was_read_and_then_is_full(mail, letter, monkeypatch):
    monkeypatch.setattr(limits, "MAX_LETTERS", 2)
    await mail.send(replace(letter, subject="1"))
    await mail.send(replace(letter, subject="2"))
    with pytest.raises(MailBoxFull):
        await mail.send(letter)
    (second, first) = await mail.inbox(letter.recipient)
    await mail.mark_seen(letter.recipient, first.id)

    await mail.send(replace(letter, subject="3"))

    assert [each.subject for each in await mail.inbox(letter.recipient)] == ["3", second.subject]


async def test_a_day_has_so_many_letters(mail, letter, monkeypatch):
    monkeypatch.setattr(limits, "MAX_LETTERS_PER_DAY", 1)
    await mail.send(letter)

    with pytest.raises(Quota, match="1 letters a day"):
        await mail.send(letter)
