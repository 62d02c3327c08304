from __future__ import annotations

from datetime import timedelta

import pytest

from bbsterm import limits
from bbsterm.serve.store.messages import Draft, Messages, Quota
from bbsterm.serve.store.users import Users


@pytest.fixture
async def ann(database, now):
    users = Users(database)
    yield await users.create("Ann", "secret", now=now)
    users.close()


@pytest.fixture
async def bob(database, now):
    users = Users(database)
    yield await users.create("Bob", "secret", now=now)
    users.close()


@pytest.fixture
def messages(database):
    return Messages(database)


def draft(ann, subject="Hello", body="text", *, area="general", parent=None):
    return Draft(area, ann.name, ann.id, subject, body, parent)


async def test_an_answer_is_in_the_thread_of_what_it_answers(messages, ann, now):
    first = await messages.post(draft(ann), now=now)
    answer = await messages.post(draft(ann, parent=first.id), now=now)
    deeper = await messages.post(draft(ann, parent=answer.id), now=now)
    other = await messages.post(draft(ann, "Other"), now=now + timedelta(hours=1))

    assert (first.parent, answer.parent, deeper.parent) == (None, first.id, answer.id)
    assert [post.id for post in await messages.thread(first.id)] == [first.id, answer.id, deeper.id]
    threads = await messages.threads("general", count=10)
    assert [(thread.id, thread.subject, thread.count) for thread in threads] == [
        (other.id, "Other", 1),
        (first.id, "Hello", 3),
    ]
    assert threads[0].written == now + timedelta(hours=1)


async def test_an_answer_to_a_message_of_another_area_begins_a_thread(messages, ann, now):
    first = await messages.post(draft(ann), now=now)

    answer = await messages.post(draft(ann, area="retro", parent=first.id), now=now)

    assert (answer.thread, answer.parent) == (answer.id, None)


async def test_the_pointer_says_what_is_new_and_never_goes_back(messages, ann, bob, now):
    posts = [await messages.post(draft(ann, str(number)), now=now) for number in range(3)]

    assert await messages.counts("general", bob.id) == (3, 3)
    await messages.seen("general", bob.id, posts[1].id)
    await messages.seen("general", bob.id, posts[0].id)

    assert await messages.counts("general", bob.id) == (3, 1)
    assert await messages.unread("general", bob.id) == [posts[2]]
    assert await messages.counts("general", None) == (3, 0)
    assert await messages.counts("retro", bob.id) == (0, 0)
    assert await messages.counts("general", ann.id) == (3, 0)  # one's own are not new
    assert await messages.unread("general", ann.id) == []


async def test_search_looks_everywhere_whatever_the_case(messages, ann, now):
    straße = await messages.post(draft(ann, "STRASSE"), now=now)
    body = await messages.post(draft(ann, body="50% of _it_ is 'quoted'"), now=now)
    await messages.post(draft(ann, "STRASSE", area="sysops"), now=now)

    assert await messages.search(("general",), "straße") == [straße]
    assert await messages.search(("general",), "50% OF _IT_ is '") == [body]
    assert len(await messages.search(("general",), "ann")) == 2
    assert await messages.search((), "ann") == []


async def test_the_first_message_can_go_and_its_thread_stays(messages, ann, now):
    first = await messages.post(draft(ann), now=now)
    answer = await messages.post(draft(ann, parent=first.id), now=now)

    assert await messages.delete(first.id)
    assert not await messages.delete(first.id)

    assert [thread.id for thread in await messages.threads("general", count=5)] == [answer.id]
    assert await messages.get(first.id) is None
    assert (await messages.get(answer.id)).thread == answer.id


async def test_a_day_has_so_many_messages(messages, ann, now, monkeypatch):
    monkeypatch.setattr(limits, "MAX_POSTS_PER_DAY", 2)
    await messages.post(draft(ann), now=now)
    await messages.post(draft(ann), now=now)

    with pytest.raises(Quota, match="2 messages a day"):
        await messages.post(draft(ann), now=now + timedelta(hours=23))
    assert await messages.post(draft(ann), now=now + timedelta(hours=25))


async def test_the_thread_that_was_silent_longest_makes_room(messages, ann, now, monkeypatch):
    monkeypatch.setattr(limits, "MAX_POSTS", 3)
    old = await messages.post(draft(ann), now=now)
    silent = await messages.post(draft(ann, "silent"), now=now)
    await messages.post(draft(ann, parent=old.id), now=now)

    newest = await messages.post(draft(ann, "newest"), now=now)

    assert await messages.get(silent.id) is None
    assert [thread.id for thread in await messages.threads("general", count=5)] == [newest.id, old.id]


async def test_subject_and_text_are_cut(messages, ann, now):
    post = await messages.post(draft(ann, "s" * 999, "b" * 99_999), now=now)

    kept = await messages.get(post.id)
    assert (len(kept.subject), len(kept.body)) == (limits.MAX_SUBJECT, limits.MAX_POST)


async def test_so_many_messages_are_read_in_a_row(messages, ann, bob, now, monkeypatch):
    monkeypatch.setattr(limits, "MAX_THREAD", 2)
    first = await messages.post(draft(ann), now=now)
    for _ in range(3):
        await messages.post(draft(ann, parent=first.id), now=now)

    assert len(await messages.thread(first.id)) == 2
    assert len(await messages.unread("general", bob.id)) == 2
