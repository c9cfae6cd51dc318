"""Figures and drawings as rows of text with named styles; no terminal, so that all can show them."""
