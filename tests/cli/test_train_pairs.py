"""`studybuddy train --pairs` as the learner types it."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path

import pytest

from studybuddy.lab.pairs import run, settings
from studybuddy.lab.pairs.settings import Network

from .conftest import Run

_SHARED = {"embedding": 8, "hidden": 8, "state": 16, "readout_size": 8}
TINY = (
    Network("init", "initial", {**_SHARED, "context": 16}),
    Network("every-step", "fixed", {**_SHARED, "context": 16}),
    Network("attention", "additive", {**_SHARED, "attention": 8}),
)


@pytest.fixture
def text(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Sixty pairs, and networks that train in a second."""
    monkeypatch.setattr(settings, "NETWORKS", TINY)
    default = run.PairsTask
    monkeypatch.setattr(
        run, "PairsTask", lambda *where, **more: default(*where, **more, networks=TINY)
    )
    file = home / "my words.tsv"
    pairs = product(
        ["I", "You", "We", "Tom"], ["see", "like", "want"], ["tea", "it", "a cat", "x", "y"]
    )
    file.write_text(
        "".join(f"{who} {does} {what}.\t{who}们{does}一个{what}。\n" for who, does, what in pairs),
        encoding="utf-8",
    )
    return file


def test_the_report_stands_on_stdout_and_progress_on_stderr(
    studybuddy: Run, text: Path, home: Path
) -> None:
    code, out, err = studybuddy("train", "--pairs", str(text), "--steps", "2")
    assert code == 0
    assert "60 pairs" in err
    assert "2/2 attention · loss" in err
    for head in ("C once", "C at every step", "attention", "BLEU", "chrF", "parameters", "tok:13a"):
        assert head in out
    assert "attention − C at every step:" in out
    assert max(len(line) for line in out.split("\n\n")[1].splitlines()) <= 80
    assert (home / "models" / "pairs-my-words" / "attention.safetensors").exists()


def test_json_holds_everything_and_the_same_command_does_not_train_again(
    studybuddy: Run, text: Path, tmp_path: Path
) -> None:
    command = ("train", "--pairs", str(text), "--steps", "2", "--out", str(tmp_path / "o"))
    assert studybuddy(*command).code == 0
    code, out, err = studybuddy(*command, "--json")
    assert code == 0
    assert "loss" not in err.replace("validation loss", "")
    plain = json.loads(out)
    assert plain["schema"] == 1
    assert [each["name"] for each in plain["networks"]] == ["init", "every-step", "attention"]
    assert plain["counts"]["pairs"] == 60
    assert plain["networks"][2]["card"]["identity"]["settings"]["steps"] == 2


def test_trained_networks_translate_a_sentence(studybuddy: Run, text: Path) -> None:
    assert studybuddy("train", "--pairs", str(text), "--steps", "2").code == 0
    code, out, _err = studybuddy(
        "train", "--pairs", str(text), "--translate", "Tom \x1b[2J likes tea."
    )
    assert code == 0
    assert len(out.splitlines()) == 3
    code, out, _err = studybuddy(
        "train", "--pairs", str(text), "--translate", "Tom likes tea.", "--json"
    )
    assert set(json.loads(out)["written"]) == {"init", "every-step", "attention"}


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["fixed-c64", "--pairs", "x.tsv"], 2, "--pairs takes no NAME"),
        (["--minutes", "3"], 2, "belong to --pairs"),
        (["--source-units", "letters", "--pairs", "x.tsv"], 2, "letters"),
        (["--pairs", "missing.tsv"], 1, "cannot be read"),
        (["--pairs", "{text}", "--steps", "0"], 1, "steps must lie"),
        (["--pairs", "{text}", "--steps", "1", "--minutes", "1"], 1, "not both"),
        (["--pairs", "{text}", "--device", "warp"], 1, "cannot be used here"),
        (["--pairs", "{text}", "--translate", "hi"], 1, "train on your text first"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    studybuddy: Run, text: Path, arguments: list[str], code: int, says: str
) -> None:
    ended = studybuddy("train", *(each.replace("{text}", str(text)) for each in arguments))
    assert ended.code == code
    assert says in ended.err
    assert "Traceback" not in ended.err


def test_a_fault_in_the_file_names_its_line(studybuddy: Run, home: Path) -> None:
    file = home / "odd.tsv"
    file.write_bytes(b"a\tb\n\xe9\x1b]0;x\x07\tb\n")
    code, _out, err = studybuddy("train", "--pairs", str(file))
    assert code == 1
    assert "odd.tsv:2: not UTF-8" in err
    assert "\x1b" not in err
