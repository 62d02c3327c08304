"""ANSI-BBS as SyncTERM's emulation, CTerm, does it. docs/emulation.md says where we differ, and why."""
