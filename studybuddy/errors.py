"""Errors that a person reads, and the exit codes of every command."""

from __future__ import annotations

FINE = 0
WRONG_INPUT = 1
USAGE = 2
INTERRUPTED = 130
HUNG_UP = 129
TERMINATED = 143


class StudyBuddyError(Exception):
    """Bad input or a broken surrounding: one sentence that says what, where and how to mend it.

    The command line prints it and exits with `exit_code`; the app shows it. Never a traceback.
    """

    exit_code = WRONG_INPUT
