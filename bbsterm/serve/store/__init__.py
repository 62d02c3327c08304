"""What the board keeps: users, messages, mail, calls, bans, one-liners, in one sqlite file."""
