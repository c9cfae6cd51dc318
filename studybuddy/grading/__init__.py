"""An answer against a card: a verdict with reasons and a suggested grade."""
