"""`python -m studybuddy` is the command `studybuddy`."""

from studybuddy.cli import main

if __name__ == "__main__":
    main()
