"""Every bound that a peer can run into, with its reason.

Whatever a peer can make grow has a number here and a test that reaches it.
"""

from __future__ import annotations

from typing import Final

# --- telnet: one subnegotiation ------------------------------------------------

MAX_SUBNEGOTIATION: Final = 8 * 1024
"""Bytes of one subnegotiation. Real ones are under 300; past this the rest is dropped to IAC SE."""

MAX_MUD_SUBNEGOTIATION: Final = 64 * 1024
"""The same for GMCP, MSDP and MSSP, whose payloads are documents."""

MAX_MUD_DEPTH: Final = 16
"""Levels of tables and arrays in one MSDP value, of lists and objects in one GMCP document."""

MAX_MUD_MEMORY: Final = 2 * 1024 * 1024
"""Bytes of memory, roughly, that what one peer told by MUD options may take; then it is forgotten."""

MAX_OVERLONG_SUBNEGOTIATIONS: Final = 3
"""So many overlong subnegotiations in a row and the peer is not making a mistake."""

MAX_SHOWN: Final = 32
"""Bytes of a peer's mistake that an event quotes."""

# --- telnet: how fast a peer may make us answer ---------------------------------

MAX_NEGOTIATIONS_PER_SECOND: Final = 20_000
"""WILL, WONT, DO and DONT in one second; nobody who means well comes near it: the call should end."""

MAX_NEGOTIATION_REPLIES_PER_SECOND: Final = 200
"""Negotiation answers in one second; then we are mute for the rest of it. Probing every option takes 100."""

MAX_MUTED_SECONDS: Final = 10
"""So many seconds in a row with more requests than we answer, and the call should end."""

MAX_FLIPS_PER_SECOND: Final = 5
"""Flips of one option by the peer in one second; then it stays off. A password prompt takes two."""

MAX_ANSWERS_PER_SECOND: Final = 10
"""Subnegotiations that one option answers in one second. A TTYPE cycle asks nine times."""

# --- telnet: what the other end may tell us ---------------------------------------

MAX_TERMINAL_TYPE: Final = 64
"""Characters of one terminal name; RFC 1091 refers to names of up to 40."""

MAX_TERMINAL_TYPES: Final = 8
"""Answers in one TTYPE cycle, for clients that never repeat themselves."""

MAX_VARIABLES: Final = 32
"""Environment variables that one subnegotiation may carry (NEW-ENVIRON)."""

MAX_VARIABLE_NAME: Final = 64
"""Bytes of an environment variable's name."""

MAX_VARIABLE_VALUE: Final = 256
"""Bytes of an environment variable's value."""

MAX_ENVIRON_REQUEST: Final = 240
"""Bytes of one SEND: inetutils telnet reads it into a buffer of 256. We ask in several when it is more."""

MAX_LOCATION: Final = 256
"""Characters of a location or an X display (SEND-LOCATION, XDISPLOC)."""

MAX_SLC_TRIPLES: Final = 64
"""Special characters in one subnegotiation; there are thirty functions (LINEMODE SLC)."""

MAX_EDITED_LINE: Final = 4096
"""Bytes of a line that is edited by LINEMODE's characters; the same as a terminal driver's."""

MAX_COMMAND_HISTORY: Final = 100
"""Lines that a shell of ours remembers for the arrow keys."""

MAX_ZMP_ARGUMENTS: Final = 64
"""Arguments of one ZMP command."""

MAX_CHARSETS: Final = 64
"""Character sets in one REQUEST that are looked at."""

MAX_CHARSET_NAME: Final = 40
"""Bytes of one character set's name; IANA's are no longer."""

# --- telnet: compression (MCCP) ----------------------------------------------------

MAX_INFLATE_STEP: Final = 64 * 1024
"""Bytes that are decompressed at a time; what is not yet decompressed waits."""

MAX_INFLATED_AT_ONCE: Final = 1024 * 1024
"""Bytes that one `receive_data` decompresses; the rest waits for the next call, so that some is shown."""

INFLATE_GUARD_FROM: Final = 8 * 1024 * 1024
"""Bytes of one compressed stream after which its ratio is watched."""

MAX_INFLATE_RATIO: Final = 200
"""A stream that grows by more than this is made to hurt. Text shrinks to a fifth, art to a twentieth."""

# --- the call: bytes waiting in memory ------------------------------------------

OUTBOX_HIGH: Final = 64 * 1024
"""Bytes waiting to be sent; above it we stop reading from a peer that makes us answer."""

OUTBOX_LOW: Final = 16 * 1024
"""And below it we read again."""

MAX_RECEIVED_AT_ONCE: Final = 64 * 1024
"""Bytes that a server or client takes from one socket before the others have their turn."""

SHELL_GRACE_SECONDS: Final = 3.0
"""A server's shell that has not noticed for so long that its caller is gone is cancelled."""

MAX_UNSENT: Final = 1024 * 1024
"""Bytes waiting for a client of a server that cannot wait for it (miniboa's); then it is hung up on."""

MAX_COMMANDS_WAITING: Final = 100
"""Lines that a client of such a server may be ahead; then its socket is not read."""

MAX_COMMAND: Final = 4096
"""Characters of one such line; the rest of a longer one is dropped."""

MAX_CLIENTS_WAITING: Final = 1000
"""Connected clients that nobody has asked for yet (`Server.wait_for_client`); the oldest are let go of."""

LINGER_SECONDS: Final = 1.0
"""How long a server that has said all reads on, into nothing, until the client has hung up, too."""

MAX_LINGERING: Final = 1000
"""Lines of one server in that state; the oldest is closed when there are more."""

MAX_LINGERED: Final = 1024 * 1024
"""Bytes that it reads like this; a client that sends more is not listening."""

STALLED_PEER_SECONDS: Final = 30.0
"""A peer that takes nothing of what waits for it for so long is hung up on."""

INBOX_HIGH: Final = 256 * 1024
"""Bytes received but not yet shown; above it the socket is paused and TCP throttles the host."""

INBOX_LOW: Final = 64 * 1024
"""And below it the socket is read again."""

# --- the screen ------------------------------------------------------------------

MAX_CONTROL_STRING: Final = 4 * 1024
"""Bytes kept of one OSC, DCS, APC, PM or SOS string; the rest is swallowed to its end."""

MAX_PARAMETERS: Final = 128
"""Parameters of one control sequence that are looked at; the rest are ignored. Art has SGRs of 30."""

MAX_PARAMETER: Final = 9999
"""The largest number that a parameter may be; larger ones count as this."""

MAX_TITLE: Final = 256
"""Characters of a window title that a board may set (in our status row, never in the host terminal)."""

MAX_COLUMNS: Final = 500
MAX_ROWS: Final = 200
"""The largest screen that a board, a caller or a resize may ask for."""

SCROLLBACK_LINES: Final = 10_000
"""Lines of history kept unless the settings say otherwise."""

MAX_REPLIES_PER_SECOND: Final = 20
"""Answers (DSR, DA ...) that a board may draw out of us in a second."""

MAX_PENS: Final = 8 * 1024
"""Different looks (colours and attributes) remembered by one screen; more, and the memory starts anew."""

MAX_PEN_GENERATIONS: Final = 2
"""Times that this may happen before the lines of history that were drawn before it are forgotten."""

MAX_HISTORY_CELLS: Final = 2_500_000
"""Cells of history kept, at some 12 bytes each (SCROLLBACK_LINES of 250 columns)."""

FEED_SLICE: Final = 16 * 1024
"""Bytes that a screen takes at a time, before it puts its rows in order."""

# --- the board and its callers -----------------------------------------------------

MAX_CALLERS: Final = 200
"""Callers at once on one `bbsterm serve`; beyond, one line says that it is busy (`--limit-callers`)."""

MAX_CALLERS_PER_ADDRESS: Final = 10
"""The same from one address (a /64 of IPv6), so that one machine cannot take every node."""

MAX_CALLS_PER_SECOND: Final = 20
CALLS_BURST: Final = 50
"""New calls that one address may begin: a bucket of `CALLS_BURST`, refilled at this rate."""

MAX_LOGGED_REFUSALS: Final = 5
"""Lines a second that the log has of callers turned away; the others are counted."""

MAX_PROXY_LINE: Final = 107
"""Bytes of a PROXY header of version 1; its specification says so."""

MAX_PROXY_HEADER: Final = 4096
"""Bytes of a PROXY header of version 2 with all its extras; HAProxy's are under 300."""

PROXY_HEADER_SECONDS: Final = 3.0
"""How long a proxy may take to say for whom it calls."""

MAX_CALLER_NAME: Final = 24
"""Characters of a caller's name."""

MAX_CHAT_LINE: Final = 240
"""Characters of one line said in the chat."""

MAX_ROOM_ANNOUNCED: Final = 50
"""Callers in one chat room up to which all are told who comes and goes; in a fuller one only oneself."""

MAX_WALL_LINE: Final = 64
"""Characters of a one-liner: with its author it fits a row of 80."""

MAX_WALL_ENTRIES: Final = 1000
"""One-liners kept; the oldest fall off the wall."""

MAX_USERS: Final = 100_000
"""Accounts of one board."""

MAX_PASSWORD: Final = 128
MIN_PASSWORD: Final = 6
"""Characters of a password."""

PASSWORD_TRIES: Final = 5
PASSWORD_TRIES_PER_SECOND: Final = 1 / 60
"""Wrong passwords for one account, and from one address: so many, then one a minute."""

MAX_TRIED: Final = 10_000
"""Accounts and addresses whose wrong passwords are remembered; the ones tried longest ago are forgotten."""

MAX_PROFILE: Final = 60
"""Characters of a user's place, and of the line about oneself."""

MAX_SUBJECT: Final = 60
"""Characters of a message's subject."""

MAX_POST: Final = 8 * 1024
MAX_POST_LINES: Final = 200
"""Characters and lines of one message."""

MAX_POSTS: Final = 20_000
"""Messages of all areas together; then the thread that has been silent for longest goes."""

MAX_POSTS_PER_DAY: Final = 50
"""Messages that one user may post in a day."""

MAX_THREAD: Final = 500
"""Messages of one thread, and new ones of one area, that are read in a row."""

MAX_LETTERS: Final = 200
"""Letters in one user's box; the oldest that was read makes room."""

MAX_LETTERS_PER_DAY: Final = 50
"""Letters that one user may write in a day."""

MAX_BOARD_CALLS: Final = 1000
"""Calls that a board remembers."""

MAX_BANS: Final = 1000
"""Networks that nobody may call from."""

MAX_BOARD_ITEMS: Final = 100
"""Menus, message areas, file areas, rooms and so on of one board, of each kind."""

MAX_BOARD_FILE: Final = 256 * 1024
"""Bytes of one of a sysop's TOML files."""

MAX_LISTED_FILES: Final = 1000
"""Files of one file area that are listed."""

MAX_VIEWED_FILE: Final = 1024 * 1024
"""Bytes of a file of a file area that is shown to a caller."""

MAX_BUS_MESSAGE: Final = 8 * 1024
"""Bytes of one message between workers."""

MAX_BUS_QUEUE: Final = 1000
"""Messages to other workers that wait for the way to be there again; the oldest are left out."""

MAX_PRESENT: Final = 20_000
"""Callers of other workers that one worker knows of."""

MAX_TYPED_LINE: Final = 4096
"""Characters typed in vain past the end of a line; a person has let go of the key long before."""

MAX_KEYS_AHEAD: Final = 1024
"""Keys typed ahead and not yet wanted; above it the caller's socket is not read."""

MAX_NOTICES: Final = 200
"""Chat lines waiting for a caller who is slow to read; the oldest are left out, and he is told how many."""

MAX_TYPING_RATE: Final = 8 * 1024
TYPING_BURST: Final = 16 * 1024
"""Bytes a second that a caller can type, after a burst (a paste); faster ones are read at this rate."""

MAX_PAGES_PER_SECOND: Final = 10
PAGES_BURST: Final = 20
"""Full pages that one caller can have drawn: a key costs him one byte, and us a screen."""

MAX_LINES_SAID: Final = 1024
"""Lines of the chat remembered as one kind of machine shows them: a thousand callers may read one."""

MAX_LOGGED: Final = 256
"""Characters of a peer's text in one line of the log."""

MAX_PENDING_REPLIES: Final = 16 * 1024
"""Bytes of answers kept until somebody sends them; further answers are dropped."""

MAX_PENDING_EVENTS: Final = 1024
"""Bells, titles and tunes kept until somebody takes them; further ones are dropped."""

MAX_COMBINING: Final = 5
"""Combining marks kept in one cell."""

MAX_TRANSITIONS: Final = 16 * 1024
"""Colour changes remembered by one screen, so that they need not be worked out again."""

MAX_EFFECTS: Final = 4096
"""Colour changes whose effect on any pen is remembered, for all screens together."""

MAX_TRANSITION_KEY: Final = 64
"""Characters of a colour change that is remembered."""

MAX_STEPS: Final = 8 * 1024
"""Control sequences remembered, so that they need not be taken apart again."""

MAX_SIZES_MET: Final = 8
"""Sizes of screens for which places are remembered, likewise."""

MAX_BELLS_PER_SECOND: Final = 2
"""Bells that reach the host terminal; a board that rings in a loop is heard, not suffered."""

MAX_STYLES: Final = 4096
"""Looks of cells that the drawing floor remembers; more (24-bit art), and it starts anew."""

MAX_MATCHES: Final = 20_000
"""Matches of one search that are counted and can be walked through; beyond, the oldest are left out."""

MAX_PATTERN: Final = 256
"""Characters of what is searched for."""

MAX_OSC52: Final = 74_994
"""Bytes copied by OSC 52: what xterm takes (100,000 in base64); others are no more generous."""

# --- the address book ---------------------------------------------------------------

MAX_IMPORT_FILE: Final = 4 * 1024 * 1024
"""Bytes of a list that is imported; the largest public ones are a tenth of it."""

MAX_BOOK_FILE: Final = 16 * 1024 * 1024
"""Bytes of the user's own dialing.toml: some 50,000 entries."""

MAX_IMPORT_ENTRIES: Final = 20_000
"""Entries taken from one list; the rest is reported, not read."""

MAX_IMPORT_PROBLEMS: Final = 1000
"""Bad lines of one list that are reported one by one; the others are counted."""

MAX_ENTRY_NAME: Final = 100
"""Characters of an entry's name; SyncTERM allows 30."""

MAX_ENTRY_TEXT: Final = 256
"""Characters of an entry's short texts: user, font, palette, paths."""

MAX_COMMENT: Final = 1024
"""Characters of an entry's comment, one line; as many as SyncTERM's."""

MAX_NOTES: Final = 16 * 1024
"""Characters of an entry's notes, many lines."""

MAX_TAGS: Final = 32
MAX_TAG: Final = 40
"""Tags of one entry, and characters of one tag."""

MAX_CALLS_KEPT: Final = 20_000
"""Calls in the history; the oldest are forgotten (the counts of each entry stay)."""

MAX_UNDO: Final = 100
"""Steps of the address book that can be undone."""

# --- a call to a MUD ----------------------------------------------------------------

MAX_VITALS_PAYLOAD: Final = 4 * 1024
"""Bytes of one GMCP or MSDP message in which a call looks for health and mana. Real ones have under 300."""

MAX_VITAL_DIGITS: Final = 9
"""Digits of one such number; what has more is not shown."""

MAX_VITALS_PER_SECOND: Final = 10
"""Changes of them that a call tells; what comes faster is told with the next."""

MAX_INTRODUCTIONS: Final = 16
"""Times in one call that a MUD which offers GMCP or MSDP again is told anew who we are."""

# --- the MUD ------------------------------------------------------------------------

MAX_MUD_NAME: Final = 16
"""Letters of a character's name."""

MAX_MUD_CHARACTERS: Final = 10_000
"""Characters kept; the one not played for longest is forgotten."""

MAX_MUD_FILE: Final = 8 * 1024 * 1024
"""Bytes of the file that they are kept in; so many take a third of it."""

MAX_MUD_WEAPONS: Final = 8
"""Weapons that one character can carry."""

MAX_MUD_COMMANDS_PER_SECOND: Final = 10
MUD_COMMANDS_BURST: Final = 20
"""Lines that one player can type: each may be shown to everybody. Further ones are read at this rate."""

# --- files of the user's -----------------------------------------------------------

MAX_CONFIG_FILE: Final = 4 * 1024 * 1024
"""Bytes of a settings file; what is larger was not written by a person."""

MAX_PICTURE_FILE: Final = 16 * 1024 * 1024
"""Bytes of a picture (.ans and its like) that is shown."""

MAX_PICTURE_CELLS: Final = 160_000
"""Cells of a picture made of a screen or of a file: 2,000 rows of 80. The first ones are drawn."""

MAX_THEMES: Final = 200
"""Themes of the user's own that are read at start-up."""

MAX_ENCODINGS_KEPT: Final = 10_000
"""Boards whose chosen character set is remembered; the one chosen longest ago is forgotten."""

MAX_STRANGERS: Final = 200
"""Boards in no list that the dialer shows because they were called."""

MAX_PROBES_AT_ONCE: Final = 8
"""Boards that are asked at the same time whether they answer."""

MAX_PROBE_BYTES: Final = 4096
"""Bytes of a board's greeting that a probe reads."""

MAX_CAPTURE: Final = 256 * 1024 * 1024
"""Bytes of one capture or recording of a call: a forgotten one must not fill a disk."""

MAX_REDIALS: Final = 99
"""Times that a board is dialled again by itself."""

MAX_TUNE_NOTES: Final = 1000
"""Notes of one tune that are played."""

MAX_MACRO_OUTPUT: Final = 4 * 1024
"""Characters that one invocation of a macro may produce, with the macros that it invokes in turn."""

MAX_DETECTION_SAMPLE: Final = 16 * 1024
"""Bytes of a peer's output that are looked at to tell its character set: the first few screens."""

MAX_TAPE: Final = 1024 * 1024
"""Bytes of a call kept to be read anew in another character set: some hundred screens."""

MAX_LINKS: Final = 1024
"""Different hyperlinks (OSC 8) that one screen remembers; what comes after is no link."""

MAX_LINE_HISTORY: Final = 100
"""Lines typed in a call that can be typed again."""

MAX_KEPT_MESSAGES: Final = 200
"""Messages of the application that are kept to be read again; a board's triggers can make them, too."""

MAX_KEPT_MESSAGE: Final = 2000
"""Characters of one of them."""

MAX_SAVED_TITLES: Final = 10
"""Titles that a board may put away (XTWINOPS 22)."""

MAX_PEN_CHANGES: Final = 256
"""Control codes (a few together) whose effect on one pen is remembered; a home computer has 32 by itself."""

# --- macros --------------------------------------------------------------------------

MAX_MACRO_FILE: Final = 64 * 1024
"""Bytes of one macro file."""

MAX_MACRO_STEPS: Final = 200
"""Steps of one macro, with those of the macros that it runs."""

MAX_MACRO_DEPTH: Final = 8
"""Macros that run macros, and steps inside steps."""

MAX_MACRO_PATTERN: Final = 256
"""Characters of what one step waits for."""

MAX_MACRO_TEXT: Final = 4 * 1024
"""Characters of the board's text that a macro remembers while it waits."""

MAX_MACRO_EXECUTED: Final = 2000
"""Steps that one run of a macro may take: it may go back, but not for ever."""

MAX_MACRO_REPEATS: Final = 100
"""Rounds of one `repeat`."""

MAX_MACRO_SECONDS: Final = 3600.0
"""Seconds that one step may wait."""

MAX_MACRO_CAPTURE: Final = 4 * 1024
"""Characters of one variable that was captured from the screen."""

MAX_MACRO_SEND: Final = 1024
"""Characters of one `send`, as it is written."""

MAX_IEMSI: Final = 4 * 1024
"""Bytes of a board's text that are kept to find an IEMSI packet in: the longest has 2,071."""

MAX_SECRET: Final = 1024
"""Characters of a password, and bytes that a `password_command` may print."""

MAX_VAULT_FILE: Final = 1024 * 1024
"""Bytes of a file with passwords: some thousand of them."""

PASSWORD_COMMAND_SECONDS: Final = 30.0
"""Seconds that a `password_command` may take."""

MAX_TRIGGERS: Final = 100
"""Triggers and keys with macros, of one file."""

MAX_TRIGGERED_PER_MINUTE: Final = 10
"""How often one trigger may do something: two boards with triggers must not talk to each other for ever."""

MAX_TRIGGER_LINE: Final = 512
"""Characters of one line that triggers look at."""

# --- fingerprints ----------------------------------------------------------------------

MAX_FINGERPRINTS: Final = 1000
"""Files of callers' fingerprints, and of boards', and suggestions, each: later ones are not kept."""

MAX_FINGERPRINT_FILE: Final = 1024 * 1024
"""Bytes of one of them; what is larger is not read."""

MAX_FINGERPRINT_DEPTH: Final = 16
"""Objects and lists inside each other in such a file."""

MAX_FINGERPRINT_SESSIONS: Final = 50
"""Calls remembered in one file; the oldest are forgotten."""

MAX_FINGERPRINT_TEXT: Final = 1024
"""Characters of one text that a peer told."""

MAX_FINGERPRINT_ITEMS: Final = 256
"""Items of one list that a peer told: violations, variables, MSSP's names."""

MAX_FINGERPRINT_NAME: Final = 40
"""Characters of the name that a caller suggests for its program."""

MAX_TERMINAL_ANSWER: Final = 4 * 1024
"""Bytes of a terminal's unfinished answer; a longer one is no answer."""

MAX_TERMINAL_ANSWERS: Final = 64 * 1024
"""Bytes that a terminal may answer in all while it is looked at."""

MAX_BANNER: Final = 64 * 1024
"""Bytes of a board's banner that are kept (`--banner-max-bytes`)."""

MAX_CALLER_TALK: Final = 1024 * 1024
"""Bytes from a caller that is looked at, after which it is hung up on; a real one sends under 8 KiB."""

MAX_SERVER_TALK: Final = 4 * 1024 * 1024
"""Bytes of text from a board that is looked at, after which it is hung up on."""

MAX_UCS_REPORT: Final = 32 * 1024
"""Bytes of what `ucs-detect` finds out about a caller's terminal that are kept."""
