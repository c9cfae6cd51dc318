"""Exit codes, errors in words, and what is not imported."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from studybuddy.cli import ending
from studybuddy.cli.report import report_text


def python(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, **environment},
        timeout=60,
        check=False,
    )


def modules_after(command: list[str], **environment: str) -> set[str]:
    code = (
        "import sys, json, io\n"
        "from studybuddy.cli.ending import run_to_the_end\n"
        f"code = run_to_the_end({command!r})\n"
        "assert code == 0, code\n"
        "print(json.dumps(sorted(sys.modules)), file=sys.stderr)\n"
    )
    ended = python(code, **environment)
    assert ended.returncode == 0, ended.stderr
    return set(json.loads(ended.stderr.strip().split("\n")[-1]))


@pytest.mark.parametrize(
    "arguments",
    [["toda"], ["--nope"], ["review", "--kind", "riddle"], ["exam", "--date", "soon"]],
)
def test_wrong_usage_ends_with_2(studybuddy, arguments: list[str]) -> None:
    ended = studybuddy(*arguments)
    assert ended.code == 2
    assert ended.out == ""
    assert "Traceback" not in ended.err


def test_a_mistyped_command_is_answered_with_the_nearest(studybuddy) -> None:
    assert "Did you mean 'today'?" in studybuddy("toda").err


def test_the_app_without_a_terminal_ends_with_2_and_one_sentence(studybuddy) -> None:
    ended = studybuddy()
    assert ended.code == 2
    assert len(ended.err.strip().split("\n")) == 1


def test_a_clock_that_is_no_instant_ends_with_2(studybuddy) -> None:
    ended = studybuddy("today", now="yesterday")
    assert ended.code == 2
    assert "STUDYBUDDY_NOW" in ended.err


def test_a_trial_clock_may_not_write_to_the_real_home(
    studybuddy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("STUDYBUDDY_HOME")
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    ended = studybuddy("exam", "--date", "2026-12-01")
    assert ended.code == 1
    assert "STUDYBUDDY_HOME" in ended.err
    assert not list(tmp_path.glob("XDG_DATA_HOME/**/*.db"))


def test_a_foreign_database_is_refused_in_one_sentence(studybuddy, tmp_path: Path) -> None:
    file = tmp_path / "foreign.db"
    file.write_text("my diary, not a database " * 100)
    ended = studybuddy("--db", str(file), "today")
    assert ended.code == 1
    assert str(file) in ended.err
    assert "Traceback" not in ended.err


def test_an_interrupt_ends_with_130(studybuddy, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("studybuddy.study.today.summary", interrupted)
    assert studybuddy("today").code == 130


def test_a_fault_of_the_program_leaves_a_report_without_anybodys_text(
    studybuddy, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object) -> None:
        secret = "the answer to my card"
        raise ValueError(secret)

    monkeypatch.setattr("studybuddy.study.today.summary", broken)
    ended = studybuddy("today")
    report = (home / "crash.txt").read_text(encoding="utf-8")
    assert ended.code == 1
    assert len(ended.err.strip().split("\n")) == 1
    assert "builtins.ValueError" in report
    assert "studybuddy/cli/today.py:" in report
    assert "secret" not in report
    assert "the answer" not in report + ended.err


def test_a_report_tells_no_folder_of_the_home() -> None:
    with pytest.raises(OSError, match="x") as caught:
        raise OSError("x")
    report = report_text(caught.value)
    assert "test_ending.py:" in report
    assert str(Path(__file__).parent) not in report


def test_text_is_utf8_under_an_ascii_locale(home: Path) -> None:
    code = "import sys; from studybuddy.cli import main; sys.argv[1:] = ['--lang', 'zh', 'decks', 'list']; main()"
    ended = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        timeout=60,
        check=False,
    )
    assert ended.returncode == 0
    assert "注意力" in ended.stdout.decode("utf-8")


def test_a_reader_that_went_away_is_no_fault(home: Path) -> None:
    code = "import sys; from studybuddy.cli import main; sys.argv[1:] = ['today', '--json']; main()"
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert process.wait(timeout=60) == 0
    assert process.stderr.read() == b""
    process.stderr.close()


def test_importing_the_command_line_is_cheap() -> None:
    ended = python(
        "import sys; import studybuddy.cli; "
        "print([m for m in ('click', 'textual', 'sqlalchemy', 'torch', 'rich') if m in sys.modules])"
    )
    assert ended.stdout.strip() == "[]"


def test_today_imports_neither_app_nor_torch(home: Path) -> None:
    loaded = modules_after(["today", "--json"])
    assert not loaded & {"textual", "torch", "numpy", "studybuddy.app.app"}


def test_a_sitting_line_by_line_imports_neither_textual_nor_torch(home: Path) -> None:
    loaded = modules_after(["review", "--plain", "--topic", "kinds"])
    assert not loaded & {"textual", "torch"}


def test_help_imports_no_room_that_is_heavy(home: Path) -> None:
    loaded = modules_after(["--help"])
    assert not loaded & {"textual", "torch", "sqlalchemy", "markdown_it", "numpy"}


def test_without_torch_a_live_run_says_so_and_ends_with_1(
    studybuddy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studybuddy.lab.available", lambda: False)
    ended = studybuddy("lab", "length", "--json")
    assert ended.code == 1
    assert "torch" in ended.err
    assert ended.out == ""


def test_output_with_colour_is_the_same_text(monkeypatch: pytest.MonkeyPatch) -> None:
    import re

    from studybuddy.cli.figures import picture_text
    from studybuddy.pictures.rows import Segment

    picture = ((Segment("a", "right"), Segment("b")), (Segment("c", "heat4"),))
    colored = picture_text(picture, color=True)
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == picture_text(picture, color=False)
    assert colored.count("\x1b[0m") == 2


def test_no_color_is_honoured(monkeypatch: pytest.MonkeyPatch) -> None:
    from studybuddy.cli.terminal import wants_color

    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    assert wants_color({"TERM": "xterm"})
    assert wants_color({"TERM": "xterm", "NO_COLOR": ""})
    assert not wants_color({"TERM": "xterm", "NO_COLOR": "1"})
    assert not wants_color({"TERM": "dumb"})


def test_every_ending_is_a_whole_number() -> None:
    assert isinstance(ending.run_to_the_end(["--version"]), int)
