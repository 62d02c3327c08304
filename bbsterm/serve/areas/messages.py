"""Messages that everybody can read: areas, threads, what is new, answers, search."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bbsterm import limits
from bbsterm.serve import clean, control
from bbsterm.serve.board import Board
from bbsterm.serve.caller import Caller
from bbsterm.serve.compose import compose, quoted
from bbsterm.serve.design.model import MessageArea, Role
from bbsterm.serve.keys import Special
from bbsterm.serve.layout import MORE, ago, counted, cut, heading, rule, width, wrap
from bbsterm.serve.listing import choose, read, sure
from bbsterm.serve.markup import escape
from bbsterm.serve.nodes import Node
from bbsterm.serve.store.messages import Draft, Post, Quota, Thread

__all__ = ["body_lines", "visit"]

_AREAS: Final = "|15Number|07, |15N|07ew, |15S|07earch words, |15Q|07uit|08: |15"
_THREADS: Final = "|15Number|07, |15N|07ew, |15P|07ost, |15Q|07uit|08: |15"
_POST: Final = "|15Enter|07 next, |15R|07eply, |15Q|07uit|08: |15"
_OWN_POST: Final = "|15Enter|07 next, |15R|07eply, |15D|07elete, |15Q|07uit|08: |15"
_POST_KEYS: Final = frozenset({*"nNrRqQ ", Special.ENTER, Special.ESCAPE, Special.RIGHT})
_DELETE_KEYS: Final = frozenset("dD")
_NEWEST: Final = 300


async def visit(board: Board, node: Node, caller: Caller) -> None:
    """The list of areas, until it is left."""
    while True:
        areas = [area for area in board.design.messages.values() if area.read <= node.role]
        rows = [await _area_row(board, node, caller, area) for area in areas]
        choice = await choose(caller, "Messages", rows, _AREAS, note=counted(len(areas), "area"))
        if choice.back:
            return
        if choice.at is not None:
            await _area(board, node, caller, areas[choice.at])
        elif choice.word in ("n", "new"):
            for area in areas:
                if not await _new(board, node, caller, area):
                    break
        elif choice.word in ("s", "search"):
            await _search(board, node, caller, areas, choice.rest)


async def _area(board: Board, node: Node, caller: Caller, area: MessageArea) -> None:
    """The threads of an area, the liveliest first."""
    while True:
        threads = await board.messages.threads(area.name, count=_NEWEST)
        rows = [_thread_row(board, caller, thread) for thread in threads]
        nothing = "Nobody has written here yet: P posts."
        choice = await choose(
            caller, area.title, rows, _THREADS, note=counted(len(rows), "thread"), nothing=nothing
        )
        if choice.back:
            return
        if choice.at is not None:
            posts = await board.messages.thread(threads[choice.at].id)
            await _read_all(board, node, caller, area, posts, new=False)
        elif choice.word in ("n", "new"):
            await _new(board, node, caller, area)
        elif choice.word in ("p", "post"):
            await _write(board, node, caller, area, None)


async def _new(board: Board, node: Node, caller: Caller, area: MessageArea) -> bool:
    """What a user has not seen; return whether to go on with the next area."""
    if node.user is None:
        await _tell(caller, board.design.texts.lines("messages.guest_new"))
        return False
    posts = await board.messages.unread(area.name, node.user.id)
    if not posts:
        await caller.say(f"|08{escape(area.title)}: nothing new.")
        return True
    return await _read_all(board, node, caller, area, posts, new=True)


async def _search(board: Board, node: Node, caller: Caller, areas: Sequence[MessageArea], words: str) -> None:
    words = clean.line(words or await caller.ask("|15Words|08: |15", 60) or "", 60)
    if not words:
        return
    names = {area.name: area for area in areas}
    while True:
        posts = await board.messages.search(tuple(names), words)
        rows = [_post_row(board, caller, post) for post in posts]
        nothing = f"Nothing with {escape(words)} in it."
        choice = await choose(caller, "Found", rows, "|15Number|07, |15Q|07uit|08: |15", nothing=nothing)
        if choice.at is None:
            return
        post = posts[choice.at]
        await _read_all(board, node, caller, names[post.area], [post], new=False)


async def _read_all(
    board: Board, node: Node, caller: Caller, area: MessageArea, posts: Sequence[Post], *, new: bool
) -> bool:
    """One message after the other; return False where the caller has had enough."""
    for number, post in enumerate(posts, 1):
        user = node.user
        head = [heading(caller, area.title, f"{number} of {len(posts)}"), *_head(caller, post), rule(caller)]
        lines = body_lines(post.body, width(caller))
        await read(caller, head, lines, pause=user is None or user.pause)
        if new and user is not None:
            await board.messages.seen(area.name, user.id, post.id)
        may_delete = node.role >= Role.SYSOPS or (user is not None and _same(user.name, post.author))
        await caller.say(rule(caller))
        keys = _POST_KEYS | _DELETE_KEYS if may_delete else _POST_KEYS
        match await caller.press(_OWN_POST if may_delete else _POST, keys):
            case "r" | "R":
                await _write(board, node, caller, area, post)
            case "d" | "D" if await sure(caller, "|14Delete it?"):
                await board.messages.delete(post.id)
                if node.role >= Role.SYSOPS:
                    control.audit(node, "deletes message %d by %s: %s", post.id, post.author, post.subject)
            case "q" | "Q" | Special.ESCAPE:
                return False
    return True


async def _write(board: Board, node: Node, caller: Caller, area: MessageArea, parent: Post | None) -> None:
    """A new message, or an answer to `parent`."""
    user = node.user
    if user is None or area.write > node.role:
        await _tell(caller, board.design.texts.lines("messages.not_allowed"))
        return
    await caller.page(heading(caller, "Reply" if parent else "New message", area.title))
    if parent is None:
        subject = clean.line(await caller.ask("|15Subject|08: |15", limits.MAX_SUBJECT) or "", 200)
        if not subject:
            return
    else:
        subject = parent.subject
        await caller.say(f"|15Subject|08: |07{escape(subject)}")
    body = await compose(caller, quoted(parent.author, parent.body) if parent else ())
    if body is None:
        await caller.say("|08(not posted)")
        return
    number = parent.id if parent else None
    try:
        await board.messages.post(
            Draft(area.name, user.name, user.id, subject, body, number), now=board.now()
        )
    except Quota as error:
        await _tell(caller, board.design.texts.lines("messages.quota", quota=error))
        return
    await _tell(caller, board.design.texts.lines("messages.posted", area=area.title))


async def _tell(caller: Caller, lines: Sequence[str]) -> None:
    await caller.say(*lines)
    await caller.press(MORE)


def _same(one: str, other: str) -> bool:
    """Whether two names are one account's."""
    return one.casefold() == other.casefold()


def body_lines(body: str, columns: int) -> list[str]:
    """A message's text as lines of markup that fit; what is quoted has a colour of its own."""
    lines = []
    for paragraph in body.split("\n"):
        ink = "|03" if "> " in paragraph[:6] else "|07"
        lines += [ink + escape(line) for line in wrap(paragraph, columns)]
    return lines


def _head(caller: Caller, post: Post) -> list[str]:
    when = f"{post.written:%d %b %Y, %H:%M} UTC"
    if not caller.wide:
        return [f"|11{escape(post.author)} |08{when}", f"|15{escape(cut(post.subject, 38))}"]
    return [f"|08From |11{escape(post.author)}|08, {when}, number {post.id}", f"|15{escape(post.subject)}"]


async def _area_row(board: Board, node: Node, caller: Caller, area: MessageArea) -> str:
    total, new = await board.messages.counts(area.name, node.user.id if node.user else None)
    fresh = f"|10{new} new" if new else "|08-" if node.user else ""
    if not caller.wide:
        return f"|15{escape(cut(area.title, 18).ljust(18))} |03{total:5} {fresh}"
    about = escape(cut(area.about, 34).ljust(34))
    return f"|15{escape(cut(area.title, 20).ljust(20))} |03{about} |07{total:5} {fresh}"


def _thread_row(board: Board, caller: Caller, thread: Thread) -> str:
    when = ago((board.now() - thread.written).total_seconds())
    if not caller.wide:
        return f"|15{escape(cut(thread.subject, 26).ljust(26))} |03{thread.count:3}"
    subject, author = cut(thread.subject, 40).ljust(40), cut(thread.author, 16).ljust(16)
    return f"|15{escape(subject)} |11{escape(author)} |03{thread.count:3} |08{when:>6}"


def _post_row(board: Board, caller: Caller, post: Post) -> str:
    when = ago((board.now() - post.written).total_seconds())
    if not caller.wide:
        return f"|15{escape(cut(post.subject, 28))}"
    subject, author = cut(post.subject, 40).ljust(40), cut(post.author, 16).ljust(16)
    return f"|15{escape(subject)} |11{escape(author)} |08{when:>6}"
