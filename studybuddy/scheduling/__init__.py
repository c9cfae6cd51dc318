"""SM-2 as a pure step, and the fold of a log into the state of each card."""
