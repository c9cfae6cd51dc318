"""Cards, topics and decks: the Markdown format, its parser, its checks and the library."""
