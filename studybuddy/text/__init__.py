"""Text that is safe, measured in cells, and in the learner's language."""
