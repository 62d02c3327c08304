"""Everything a person can do, in one table, from which keys, bars, menu, palette, help and docs are made.

This is the table as we ship it. A user's `[keys]` change the keys: pages ask `bbsterm.tui.keymap` for theirs.
To add a command, add its line here and `action_<action>` to the page. In the settings file a command is
called by its place and its action: ``call.hang_up``, ``dialer.find``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

__all__ = [
    "ALT_PREFIX",
    "COMMANDS",
    "PREFIX_KEYS",
    "PREFIX_SHOWN",
    "Command",
    "Place",
]

PREFIX_KEYS: Final = frozenset({"ctrl+right_square_bracket", "ctrl+5"})
"""The one key a call keeps for itself. German keyboards type it as Ctrl+5, and kitty's protocol says so."""

ALT_PREFIX: Final = "alt+z"
"""SyncTERM's key for its menu; switched off together with the other Alt letters."""

PREFIX_SHOWN: Final = "^]"


class Place(Enum):
    """Where a command works; the value is its heading in the help."""

    CALL = "In a call, after ^]"
    LOGIN = "Login, after ^] l"
    SHOT = "Screenshot, after ^] s"
    SCROLLBACK = "In the scrollback, after ^] b"
    CAPTURE = "Capture, after ^] c"
    ENDED = "When a call has ended"
    DIALER = "In the dialer"
    FORM = "In the form of an entry"
    IMPORT = "When importing a list"
    DETAIL = "In the details of an entry"
    HELP = "In the help"
    SETTINGS = "In the settings"
    MACROS = "In the list of macros"
    MACRO = "In the editor of a macro"
    TRIALS = "After a trial of a macro"
    FAILED = "When a macro has failed"
    PAGE = "On a page of text"

    @property
    def slug(self) -> str:
        """What the settings file calls it."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Command:
    """One thing to do.

    Attributes:
        action: What the page calls: ``action_<action>``.
        keys: As they are shown; the first is the one that bars and menus name. One character is that key.
        title: Two words for a bar.
        detail: A sentence for the help.
        more: It opens these keys instead of doing something: a sub-menu.
        alt: Alt and the first key do the same in a call, as SyncTERM's users know.
        eager: Done before the next key of a burst is looked at: keys typed after it may mean something else.
        quiet: Not in bars, which are short; in menu and help all the same.
        short: A shorter title, for bars.
    """

    action: str
    keys: tuple[str, ...]
    title: str
    detail: str
    more: Place | None = None
    alt: bool = False
    eager: bool = False
    quiet: bool = False
    short: str = ""

    @property
    def key(self) -> str:
        """The key that bars name; empty if a user took all of them away."""
        return self.keys[0] if self.keys else ""

    @property
    def keys_shown(self) -> str:
        """All of them, many in a row as "1-9"."""
        return " ".join(self.keys) if len(self.keys) < 4 else f"{self.keys[0]}-{self.keys[-1]}"

    @property
    def label(self) -> str:
        """The title, with an ellipsis where more is asked."""
        return self.title + "…" if self.more else self.title

    @property
    def brief(self) -> str:
        """The label for narrow bars."""
        title = self.short or self.title
        return title + "…" if self.more else title


COMMANDS: Final[Mapping[Place, tuple[Command, ...]]] = {
    Place.CALL: (
        Command("hang_up", ("h",), "Hang up", "End the call; its last screen stays.", alt=True),
        Command("redial", ("a",), "Dial again", "End the call and dial the same board.", short="Again"),
        Command(
            "screenshot", ("s",), "Screenshot", "Save what is on the screen.", more=Place.SHOT, short="Shot"
        ),
        Command("scrollback", ("b",), "Scrollback", "Look back, search, copy.", alt=True, short="Scroll"),
        Command("status_row", ("t",), "Status row", "Show or put away the status row.", quiet=True),
        Command("directory", ("e",), "Directory", "To the dialer; the call goes on behind it.", alt=True),
        Command("leave", ("x", "q"), "Exit", "Leave bbsterm; asks while on line.", alt=True),
        Command(
            "capture",
            ("c",),
            "Capture",
            "What the board says, into a file; and stop.",
            alt=True,
            quiet=True,
        ),
        Command("record", ("r",), "Record", "Record the call, with its times (asciicast).", quiet=True),
        Command(
            "login",
            ("l",),
            "Login",
            "Log in by macro, learn it by watching, stop it.",
            more=Place.LOGIN,
            alt=True,
            quiet=True,
        ),
        Command("macros", ("k", "M"), "Macros…", "Run a macro or a script, edit them.", quiet=True),
        Command("music", ("m",), "Music", "Notice the board's tunes, or not.", alt=True, quiet=True),
        Command(
            "tab",
            ("1", "2", "3", "4", "5", "6", "7", "8", "9"),
            "Call 1-9",
            "Go to another call that is open.",
            quiet=True,
        ),
        Command("next_tab", (">",), "Next call", "Go to the next call that is open.", quiet=True),
        Command("previous_tab", ("<",), "Call before", "Go to the one before.", quiet=True),
        Command(
            "next_encoding",
            ("n",),
            "Encoding",
            "Read it all in the next character set.",
            quiet=True,
        ),
        Command("encodings", ("i",), "Encodings…", "Choose the character set from a list.", quiet=True),
        Command("speed", ("v",), "Speed…", "A modem's speed for what the board shows.", quiet=True),
        Command("double", ("w",), "Wide cells", "Two columns a cell, or one again.", quiet=True),
        Command("pictures", ("g",), "Graphics…", "Type a picture or a colour by its name.", quiet=True),
        Command(
            "mouse",
            ("o",),
            "Mouse",
            "Your terminal's own mouse, for its menus; and back.",
            alt=True,
            quiet=True,
        ),
        Command(
            "links", ("y",), "Links…", "The links in sight; each is shown before it is opened.", quiet=True
        ),
        Command("search", ("/",), "Find", "Search what the board has shown.", quiet=True),
        Command("menu", ("?",), "All", "This list, to choose from."),
        Command("send_prefix", (PREFIX_SHOWN,), "Send ^]", "Send Ctrl+] itself to the board.", quiet=True),
        Command("peek_up", ("Up",), "Look up", "Rows above, of a board larger than the window.", quiet=True),
        Command("peek_down", ("Down",), "Look down", "Rows below.", quiet=True),
        Command("palette", ("p",), "Palette", "Search commands, themes and settings.", quiet=True),
        Command("settings", (",",), "Settings", "Every setting, with its help.", quiet=True),
        Command("shell", ("!",), "Shell", "Your own shell; the call waits for you.", quiet=True),
        Command("help", ("F1",), "Help", "Every key, on one page.", quiet=True),
    ),
    Place.LOGIN: (
        Command("log_in", ("l",), "Log in now", "Type the user and the password, or run the entry's macro."),
        Command("learn", ("e",), "Learn", "Log in by hand; the steps become a macro."),
        Command("stop", ("s",), "Stop", "Show what was learnt; or end what types."),
        Command("macros", ("k",), "Macros…", "Run a macro or a script, edit them."),
    ),
    Place.SHOT: (
        Command("shot_ans", ("a",), ".ans", "ANSI with a SAUCE record, in the board's character set."),
        Command("shot_txt", ("t",), ".txt", "Text, in UTF-8."),
        Command("shot_svg", ("s", "v"), ".svg", "A picture that stays sharp at any size."),
        Command("shot_png", ("p",), ".png", "A picture in pixels, in our own bitmap font."),
        Command("shot_html", ("h",), ".html", "A page for a browser, whose text can be selected."),
        Command("open_folder", ("o",), "Open folder", "The folder that all of these are in.", short="Folder"),
    ),
    Place.SCROLLBACK: (
        Command("find", ("/",), "Find", "Search upwards from here; ^R while typing: a regular expression."),
        Command("find_next", ("n",), "Next", "The next match; Shift+N or p goes to the one before."),
        Command("find_previous", ("p",), "Previous", "The match before.", quiet=True),
        Command("regex", ("^R",), "Regex", "Regular expressions, or plain text.", quiet=True),
        Command(
            "select", ("v",), "Mark", "Mark with the arrow keys; so do Shift and an arrow. V: whole lines."
        ),
        Command("rectangle", ("r",), "Rectangle", "Mark a rectangle, as Alt and the mouse do.", quiet=True),
        Command("copy", ("y", "Enter"), "Copy", "Copy what is marked, as text."),
        Command("copy_ansi", ("a",), "Copy ANSI", "Copy it with its colours, as ANSI.", quiet=True),
        Command("save", ("s",), "Save…", "Save what is marked, or everything, as a file.", quiet=True),
        Command("links", ("l",), "Links…", "The links in sight.", quiet=True),
        Command("board", ("Tab",), "Type", "Type to the board meanwhile; ^] b comes back.", quiet=True),
        Command("line_up", ("Up", "k"), "Up", "A line up.", quiet=True),
        Command("line_down", ("Down", "j"), "Down", "A line down.", quiet=True),
        Command("left", ("Left",), "Left", "A column to the left.", quiet=True),
        Command("right", ("Right",), "Right", "A column to the right.", quiet=True),
        Command("page_up", ("PgUp",), "Page up", "A window up.", quiet=True),
        Command("page_down", ("PgDn", "space"), "Page down", "A window down.", quiet=True),
        Command("oldest", ("Home", "g"), "Oldest", "The oldest line that is kept.", quiet=True),
        Command("newest", ("End",), "Newest", "The newest line.", quiet=True),
        Command("close", ("Esc", "q"), "Back", "Out of a mark, a search, the scrollback."),
    ),
    Place.CAPTURE: (
        Command("capture_txt", ("t",), "Text", "Text in UTF-8, without colours."),
        Command("capture_ans", ("a", "r"), "Raw", "The board's own bytes, as they come."),
    ),
    Place.ENDED: (
        Command("redial", ("r",), "Redial", "Dial the same board again."),
        Command("redial_until", ("R",), "Until answered", "Dial until somebody answers.", quiet=True),
        Command("directory", ("d",), "Directory", "Back to the dialer."),
        Command("save_log", ("s",), "Save log", "Save everything the board has shown, as text."),
        Command("scrollback", ("b",), "Scrollback", "Look back, search, copy.", quiet=True),
        Command("leave", ("q",), "Quit", "Leave bbsterm."),
        Command("peek_up", ("Up",), "Look up", "Rows above, of a board larger than the window.", quiet=True),
        Command("peek_down", ("Down",), "Look down", "Rows below.", quiet=True),
        Command("help", ("F1", "?"), "Help", "Every key, on one page.", quiet=True),
    ),
    Place.DIALER: (
        Command("call", ("Enter",), "Call", "Dial the chosen line, or the address in the box."),
        Command(
            "find",
            ("/",),
            "Find",
            "Words in name, host, tags and comment (tag:WORD: tags only), or an address to call. "
            "Letters that mean nothing else begin it too; Esc clears it.",
            eager=True,
        ),
        Command("add", ("a",), "Add", "A new entry; a pasted address fills it in."),
        Command("edit", ("e",), "Edit", "Change the entry; one of an imported list becomes your own."),
        Command("favourite", ("*",), "Fav", "Give the entry a star, or take it away."),
        Command("sort", ("s",), "Sort", "Choose the order from a list."),
        Command("probe", ("p",), "Probe", "Ask the board whether it answers: o yes, x no, ? not known."),
        Command("palette", ("^P", "^K"), "Menu", "Search commands, themes and settings."),
        Command("settings", (",",), "Settings", "Every setting, with its help.", quiet=True),
        Command("help", ("F1", "?"), "Help", "Every key, on one page."),
        Command("leave", ("q",), "Quit", "Leave bbsterm."),
        Command("lists", ("t",), "Lists, tags", "Favourites, recent, imported lists, a tag.", quiet=True),
        Command("previous_sort", ("<",), "Order back", "The order before this one.", quiet=True),
        Command("next_sort", (">",), "Order on", "The next order.", quiet=True),
        Command("info", ("i",), "Details", "Every past call of the entry, and its notes.", quiet=True),
        Command("duplicate", ("D",), "Duplicate", "A copy of the entry, right behind it.", quiet=True),
        Command("delete", ("d", "Del"), "Delete", "Delete the entry; u brings it back.", quiet=True),
        Command("undo", ("u",), "Undo", "Take back the last change of the book.", quiet=True),
        Command("probe_all", ("P",), "Probe all", "Ask every board that is listed now.", quiet=True),
        Command("macros", ("M",), "Macros", "Login macros, scripts, keys and triggers.", quiet=True),
        Command("import", ("m",), "Import", "Take over another program's list.", quiet=True),
        Command("back", ("Esc",), "Everything", "No filter any more.", quiet=True),
    ),
    Place.FORM: (
        Command("save", ("^S",), "Save", "Save the entry, and close the form."),
        Command("test", ("^T",), "Test", "Dial it, say what answers, and hang up."),
        Command("macros", ("^L",), "Macros", "Choose the login macro, or write one.", quiet=True),
        Command("preset", ("^R",), "Preset", "Terminal, encoding and size of a kind of board."),
        Command("previous", ("^PgUp", "["), "Before", "The entry before; in a text box only ^PgUp."),
        Command("next", ("^PgDn", "]"), "After", "The entry after; in a text box only ^PgDn."),
        Command("help", ("F1",), "Help", "Every key, on one page.", quiet=True),
        Command("close", ("Esc",), "Back", "Back; asks first if something was changed."),
    ),
    Place.IMPORT: (
        Command("write", ("Enter",), "Import", "Read the list; then write what is shown."),
        Command("complete", ("Tab",), "Complete", "Complete the path.", quiet=True),
        Command("target", ("^T",), "Mine/list", "Into your own entries, or into a list of its own."),
        Command("help", ("F1",), "Help", "Every key, on one page.", quiet=True),
        Command("close", ("Esc",), "Back", "Back; nothing is written."),
    ),
    Place.DETAIL: (
        Command("close", ("Esc", "i", "q"), "Close", "Back to the list."),
        Command("open_capture", ("o",), "Open capture", "Open the recording of the chosen call."),
    ),
    Place.HELP: (
        Command("close", ("Esc", "q", "F1"), "Close", "Back to where you were."),
        Command("palette", ("^P", "^K"), "Palette", "Search commands, themes and settings.", quiet=True),
    ),
    Place.SETTINGS: (
        Command("change", ("Enter",), "Change", "Change the chosen setting; it works at once."),
        Command("reset", ("r",), "Reset", "Take it out of the file: the default again."),
        Command("find", ("/",), "Find", "Type to see only settings with these words."),
        Command("edit_file", ("e",), "Edit file", "Open config.toml in your editor.", short="Edit"),
        Command("palette", ("^P", "^K"), "Palette", "Search commands, themes and settings.", quiet=True),
        Command("help", ("F1", "?"), "Help", "Every key, on one page."),
        Command("close", ("Esc", "q"), "Close", "Back to where you were."),
    ),
    Place.MACROS: (
        Command("choose", ("Enter",), "Choose", "Run it in a call; else edit it."),
        Command("edit", ("e",), "Edit", "Its steps, and its text."),
        Command("add", ("a",), "New", "A new macro; a name with .py is a script."),
        Command("delete", ("d", "Del"), "Delete", "Delete it; its last version stays with the backups."),
        Command("try_demo", ("b",), "Demo", "Try it on the demo board."),
        Command("try_recording", ("p",), "Dry run", "Try it on a recording or a capture."),
        Command("triggers", ("t",), "Triggers", "Keys with macros, and words that set something off."),
        Command("folder", ("o",), "Folder", "Open the folder of macros.", quiet=True),
        Command("help", ("F1", "?"), "Help", "Every key, on one page.", quiet=True),
        Command("close", ("Esc", "q"), "Close", "Back to where you were."),
    ),
    Place.MACRO: (
        Command("save", ("^S",), "Save", "Save it, if nothing is wrong with it."),
        Command("view", ("^T",), "Text/steps", "The steps as a list, or the file's text."),
        Command("try_demo", ("^B",), "Demo", "Try it on the demo board, as it is here."),
        Command("try_recording", ("^R",), "Dry run", "Try it on a recording or a capture."),
        Command("change", ("Enter",), "Change", "Change the chosen step (in the list)."),
        Command("add", ("a",), "Add", "A step after this one (in the list)."),
        Command("delete", ("d", "Del"), "Delete", "Delete the chosen step (in the list)."),
        Command("move_up", ("K",), "Up", "The step before its neighbour (in the list).", quiet=True),
        Command("move_down", ("J",), "Down", "And after it (in the list).", quiet=True),
        Command("help", ("F1",), "Help", "Every key, on one page.", quiet=True),
        Command("close", ("Esc",), "Back", "Back; asks first if something was changed."),
    ),
    Place.TRIALS: (
        Command("close", ("Esc", "q", "Enter"), "Close", "Back to the macro."),
        Command("help", ("F1", "?"), "Help", "Every key, on one page.", quiet=True),
    ),
    Place.FAILED: (
        Command("edit", ("e",), "Edit", "Edit the macro."),
        Command("again", ("r",), "Run again", "Run it once more, on the call as it is."),
        Command("open_picture", ("o",), "Picture", "Open the picture of the screen."),
        Command("close", ("Esc", "q"), "Close", "Back to the call."),
    ),
    Place.PAGE: (
        Command("close", ("Esc", "q"), "Close", "Back to where you were."),
        Command("palette", ("^P", "^K"), "Palette", "Search commands, themes and settings.", quiet=True),
        Command("help", ("F1", "?"), "Help", "Every key, on one page."),
    ),
}
