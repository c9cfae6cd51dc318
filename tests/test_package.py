"""What is shipped: one version, the typed marker, the licence, decks and models where they belong."""

from __future__ import annotations

import tomllib
import zipfile
from importlib import resources
from pathlib import Path

import pytest

import studybuddy
from studybuddy.locations import find_locations

ROOT = Path(__file__).resolve().parents[1]


def test_one_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == studybuddy.__version__


def test_types_and_licence_are_there() -> None:
    assert resources.files("studybuddy").joinpath("py.typed").is_file()
    assert "MIT" in (ROOT / "LICENSE").read_text(encoding="utf-8")


def test_bundled_decks_and_models_are_found() -> None:
    places = find_locations({})
    assert (places.bundled_decks / "seq2seq" / "deck.toml").is_file()
    names = {file.name for file in places.bundled_models.iterdir()}
    for name in ("fixed-c32", "attention"):
        assert {f"{name}.json", f"{name}.safetensors"} <= names


def test_a_wheel_holds_everything_that_runs(tmp_path: Path) -> None:
    wheel_builder = pytest.importorskip("hatchling.builders.wheel")
    builder = wheel_builder.WheelBuilder(str(ROOT))
    (built,) = builder.build(directory=str(tmp_path), versions=["standard"])
    names = set(zipfile.ZipFile(built).namelist())
    for wanted in (
        "studybuddy/_data/decks/seq2seq/deck.toml",
        "studybuddy/_data/decks/seq2seq/zh/attention.md",
        "studybuddy/_data/models/fixed-c32.safetensors",
        "studybuddy/locale/zh/LC_MESSAGES/studybuddy.mo",
        "studybuddy/store/migrations/versions/0001_baseline.py",
        "studybuddy/py.typed",
    ):
        assert wanted in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not [name for name in names if name.startswith("tests/") or "__pycache__" in name]
