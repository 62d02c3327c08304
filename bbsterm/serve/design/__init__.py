"""What makes a board its sysop's own: menus, texts, art, areas, rooms, read from a folder of files."""
