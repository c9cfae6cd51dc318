"""The places where an answer is given: one panel a way of answering."""
