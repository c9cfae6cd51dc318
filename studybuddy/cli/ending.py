"""How every command ends: an exit code, and one sentence instead of a traceback.

0 fine, 1 the input is wrong or something broke, 2 usage or no terminal, 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from studybuddy.errors import FINE, INTERRUPTED, USAGE, WRONG_INPUT, StudyBuddyError
from studybuddy.text.sanitise import clean


def use_utf8() -> None:
    """Speak and read UTF-8 whatever the locale says; what cannot be shown becomes a question mark."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def _say(sentence: str) -> None:
    print(f"studybuddy: {clean(sentence)}", file=sys.stderr)


def run_to_the_end(arguments: Sequence[str]) -> int:
    """Run one command; the exit code. Nothing that goes wrong leaves this function as an exception."""
    import click

    from studybuddy.cli.group import program

    use_utf8()
    try:
        code = program.main(args=list(arguments), prog_name="studybuddy", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.UsageError as error:
        error.show()
        return USAGE
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        print(file=sys.stderr)
        return INTERRUPTED
    except StudyBuddyError as error:
        _say(" ".join(str(error).split("\n")))
        return error.exit_code
    except SystemExit:
        # So click ends when the reader (`| head`) has gone: that is no fault.
        return FINE
    except BrokenPipeError:
        # The same at the last flush; nothing more can be said, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    except Exception as error:
        return _broken(error)
    return int(code or FINE)


def _broken(error: Exception) -> int:
    from studybuddy.cli.report import write_report
    from studybuddy.locations import find_locations
    from studybuddy.text.translation import _

    try:
        place = str(write_report(error, find_locations().state))
    except OSError:
        _say(_("something in the program broke ({name}).").format(name=type(error).__name__))
        return WRONG_INPUT
    _say(
        _(
            "something in the program broke ({name}). Your answers are safe; a report without "
            "your texts lies in {place}"
        ).format(name=type(error).__name__, place=place)
    )
    return WRONG_INPUT
