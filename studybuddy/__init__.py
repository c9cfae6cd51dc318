"""StudyBuddy: exam-ready in a technical chapter, from a terminal."""

__version__ = "0.1.0"
