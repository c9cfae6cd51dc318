"""A database or a model that is someone else's, newer or broken: a sentence, never a traceback."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from studybuddy.cli import checks
from studybuddy.cli.context import Context
from studybuddy.errors import StudyBuddyError
from studybuddy.text.translation import set_language


def garbage(path: Path) -> None:
    path.write_bytes(os.urandom(8192))


def folder(path: Path) -> None:
    path.mkdir()


def newer(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")


def foreign(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE other (x)")


def rotten(path: Path) -> None:
    """A good first page, and nothing but noise behind it."""
    raw = path.read_bytes()
    path.write_bytes(raw[:4096] + b"\xff" * (len(raw) - 4096))


def cut(path: Path) -> None:
    os.truncate(path, 9000)


def link_to_itself(path: Path) -> None:
    path.symlink_to(path)


DAMAGES: tuple[tuple[Callable[[Path], None], bool, str], ...] = (
    (garbage, False, "is damaged or no StudyBuddy file"),
    (folder, False, "is no file"),
    (link_to_itself, False, "symbolic links"),
    (newer, True, "was written by a newer version"),
    (foreign, True, "belongs to another program"),
    (rotten, True, "is damaged or no StudyBuddy file"),
    (cut, True, "is damaged or no StudyBuddy file"),
)


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database as the program makes it."""
    home = tmp_path_factory.mktemp("good")
    (home / "decks" / "seq2seq").mkdir(parents=True)
    environment = {"STUDYBUDDY_HOME": str(home), "STUDYBUDDY_NOW": "2026-09-01T08:00:00+08:00"}
    context = Context(environment)
    with context.open_store() as store:
        store.append("setting", extra={"key": "theme", "value": "studybuddy-dark"})
    set_language("en")
    return context.locations.database


@pytest.mark.parametrize(("damage", "made", "words"), DAMAGES)
def test_a_database_that_cannot_be_used_is_told_of(learner, good, damage, made, words) -> None:
    if made:
        shutil.copy(good, learner.database)
    damage(learner.database)
    before = learner.database.read_bytes() if learner.database.is_file() else b""
    doctor, today = learner.run("doctor"), learner.run("today")
    told = [line for line in doctor.stdout.decode().splitlines() if "✗ database" in line]
    assert doctor.returncode == 1
    assert len(told) == 1
    assert words in told[0]
    assert today.returncode == 1
    said = today.stderr.decode().splitlines()
    assert len(said) == 1
    assert said[0].startswith("studybuddy: ")
    assert words in said[0]
    for done in (doctor, today):
        assert b"Traceback" not in done.stdout + done.stderr
        assert b"\x1b" not in done.stdout + done.stderr
    assert not (learner.folder / "crash.txt").exists()
    if before:
        assert learner.database.read_bytes() == before


def test_an_empty_database_is_begun_anew(learner) -> None:
    learner.database.touch()
    assert learner.run("today").returncode == 0
    assert learner.database.stat().st_size > 0


@pytest.mark.parametrize("damage", [garbage, rotten, folder])
def test_the_app_says_it_and_can_be_left(learner, good, damage) -> None:
    if damage is rotten:
        shutil.copy(good, learner.database)
    damage(learner.database)
    screen = learner.start()
    words = "is no file" if damage is folder else "is damaged or no StudyBuddy file"
    screen.wait_for(lambda text: words in " ".join(text.split()) and "q quit" in text)
    # None of the keys finds anything to work on, and none of them ends the app.
    screen.send("ur")
    screen.send("n")
    screen.wait_for("How many new cards a day?")
    screen.send("5\r")
    screen.wait_for(lambda text: "How many new" not in text and "Enter begin" in text)
    screen.send("\x1b[24~")
    screen.send("q")
    assert screen.end() == 0
    assert b"Traceback" not in screen.raw
    assert not (learner.folder / "crash.txt").exists()


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """A copy of the bundled models."""
    return Path(shutil.copytree(Context({}).locations.bundled_models, tmp_path / "models"))


def flipped(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 1
    path.write_bytes(raw)


def huge_header(path: Path) -> None:
    path.write_bytes(b"\xff" * 8 + path.read_bytes()[8:])


def pickled(path: Path) -> None:
    path.write_bytes(b"\x80\x04cposix\nsystem\n(S'touch owned'\ntR.")


@pytest.mark.parametrize("damage", [flipped, cut, huge_header, pickled, garbage, Path.unlink])
def test_a_damaged_model_is_refused(models: Path, damage: Callable[[Path], None]) -> None:
    from studybuddy.lab.models import load

    load("fixed-c32", models)
    damage(models / "fixed-c32.safetensors")
    with pytest.raises(StudyBuddyError) as told:
        load("fixed-c32", models)
    assert "fixed-c32.safetensors" in str(told.value)
    assert "\n" not in str(told.value)
    assert _broken(models) == ["fixed-c32"]


@pytest.mark.parametrize(
    "card", [b"", b"\x00\xff", b"[" * 60_000, b"{}", b'{"format": 1, "name": "\x1b]0;x"}', b"1e999"]
)
def test_a_damaged_model_card_is_refused(models: Path, card: bytes) -> None:
    from studybuddy.lab.models import load

    (models / "fixed-c32.json").write_bytes(card)
    with pytest.raises(StudyBuddyError) as told:
        load("fixed-c32", models)
    assert "fixed-c32.json" in str(told.value)
    assert "\x1b" not in str(told.value)
    assert _broken(models) == ["fixed-c32"]


def _broken(models: Path) -> list[str]:
    """The models that `doctor` calls broken."""
    context = Context({})
    context.locations = replace(context.locations, bundled_models=models)
    found = list(checks.models(context))
    return [each.text.split(":")[0].split(",")[0] for each in found if each.state == "broken"]
