"""The command line: `studybuddy` and its commands. `main` is the only door, and cheap to import."""


def main() -> None:
    """Run the command of `sys.argv` and end the process with its exit code."""
    import sys

    from studybuddy.cli.ending import run_to_the_end

    sys.exit(run_to_the_end(sys.argv[1:]))
