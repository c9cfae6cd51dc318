"""A small English-to-Chinese language: every sentence comes with its translation and alignment."""
