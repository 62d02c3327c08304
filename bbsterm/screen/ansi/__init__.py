"""ANSI-BBS (SyncTERM's CTerm) and VT: the emulations that read escape sequences."""
