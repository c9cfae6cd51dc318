"""The laboratory on the command line: what is listed, refused, run, printed and saved."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from studybuddy.catalogue.experiments import EXPERIMENTS
from studybuddy.catalogue.figures import Bars, Table
from studybuddy.catalogue.predictions import Progress, Result, Task


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> list[Task]:
    """Runs that end at once; the tasks that were run."""
    seen: list[Task] = []

    def run(task: Task, progress: Any, _cancelled: Any) -> Result:
        seen.append(task)
        progress(Progress(1, 2, "half of it"))
        figures = (Bars("Bars", ("a", "b"), (0.25, 0.75)), Table("", ("x",), (("cell",),)))
        return Result(
            task.run,
            task.ask,
            task.seed,
            31.5,
            100,
            28.0,
            35.0,
            True,
            "a third",
            ("a note",),
            figures,
        )

    monkeypatch.setattr("studybuddy.lab.run.run", run)
    return seen


def test_without_a_name_the_experiments_are_listed(studybuddy) -> None:
    listed = json.loads(studybuddy("lab", "--json").out)["experiments"]
    assert [each["name"] for each in listed] == list(EXPERIMENTS)
    length = next(each for each in listed if each["name"] == "length")
    assert length["code"] == "E1"
    assert "drop" in length["asks"]
    assert length["parameters"]["drop"]["count"]["default"] == 100
    assert length["misconceptions"]
    shown = studybuddy("lab").out
    assert all(f"{each.code:<4} {name}" in shown for name, each in EXPERIMENTS.items())
    assert "--ask drop" in shown


def test_an_unknown_experiment_is_answered_with_the_nearest(studybuddy) -> None:
    ended = studybuddy("lab", "lenght")
    assert ended.code == 1
    assert "did you mean length" in ended.err


def test_parameters_are_set_by_name(studybuddy, quick: list[Task]) -> None:
    ended = studybuddy(
        "lab", "length", "--set", "lengths=6,12", "--set", "count=50", "--seed", "7", "--json"
    )
    assert ended.code == 0
    run = json.loads(ended.out)
    assert run["parameters"]["lengths"] == [6, 12]
    assert run["parameters"]["count"] == 50
    assert (run["seed"], run["answer"], run["n"], run["low"]) == (7, 31.5, 100, 28.0)
    assert [figure["figure"] for figure in run["figures"]] == ["bars", "table"]
    (task,) = quick
    assert (task.ask, task.seed, task.parameters["lengths"]) == ("drop", 7, [6, 12])


def test_count_is_short_for_a_parameter(studybuddy, quick: list[Task]) -> None:
    assert studybuddy("lab", "length", "--count", "60").code == 0
    assert quick[0].parameters["count"] == 60


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("length", "--set", "lengths=12,6"), "lengths must be two whole numbers from 4 to"),
        (("length", "--set", "lengths=6"), "lengths must be two whole numbers from 4 to"),
        (("length", "--set", "count=5"), "count must be a whole number from 40 to 250"),
        (("length", "--set", "count=many"), "count must be a whole number from 40 to 250"),
        (("length", "--count", "9999"), "count must be a whole number from 40 to 250"),
        (("length", "--set", "cuont=50"), "no parameter cuont; did you mean count?"),
        (("length", "--set", "xyzzy=50"), "no parameter xyzzy; there are lengths, count"),
        (("length", "--ask", "nothing"), "length has no question nothing; there are drop"),
        (("translate", "--text", "the dargon sleeps"), "dargon"),
        (("translate", "--steps", "--model", "nobody"), "there are attention"),
        (("gradients", "--text", "the wemon slept"), "wemon (near: women"),
        (("gradients", "--text", "cat", "--set", "state=ajar"), "state must be one of default"),
        (("bleu", "--text", " "), "type at least one word"),
        (("bleu", "--text", "猫 " * 61), "the output has 61 words; it must have from 1 to 60"),
        (("bleu", "--text", "猫", "--set", "lengths=2,3"), "lengths must be two whole numbers"),
    ],
)
def test_what_cannot_be_run_is_named(studybuddy, quick, arguments, told: str) -> None:
    ended = studybuddy("lab", *arguments)
    assert ended.code == 1
    assert told in ended.err
    assert ended.out == ""
    assert quick == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("length", "--text", "the cat slept"),
        ("length", "--steps"),
        ("translate", "--model", "attention"),
        ("translate", "--text", "the cat slept", "--set", "lengths=6,8"),
        ("bleu", "--text", "猫", "--ask", "corpus"),
        ("bleu", "--steps"),
        ("length", "--set", "count"),
        ("length", "--seed", "-1"),
    ],
)
def test_options_that_do_not_belong_together_are_a_usage_error(studybuddy, arguments) -> None:
    assert studybuddy("lab", *arguments).code == 2


def test_a_run_is_printed_with_its_question_figures_and_notes(studybuddy, quick) -> None:
    ended = studybuddy("lab", "length")
    assert ended.code == 0
    for told in ("From 8 to 18 words", "a third", "Bars", "cell", "a note"):
        assert told in ended.out


def test_the_figures_are_saved_as_one_drawing(studybuddy, quick, tmp_path: Path) -> None:
    file = tmp_path / "length.svg"
    ended = studybuddy("lab", "length", "--svg", str(file))
    assert ended.code == 0
    assert f"saved {file}" in ended.err
    drawn = file.read_text(encoding="utf-8")
    assert drawn.startswith("<svg") or "<svg" in drawn[:200]
    assert "cell" in drawn
    missing = tmp_path / "nowhere" / "length.svg"
    ended = studybuddy("lab", "length", "--svg", str(missing))
    assert ended.code == 1
    assert "could not be written" in ended.err


def test_a_live_run_prints_its_key_with_sample_and_figures(studybuddy) -> None:
    ended = studybuddy("lab", "translate", "--ask", "length", "--seed", "3", "--json")
    run = json.loads(ended.out)
    assert ended.code == 0
    assert run["experiment"] == "translate"
    assert run["answer"] > 0
    assert run["figures"]
    assert run["notes"]


def test_the_decoder_is_walked_over_an_own_sentence(studybuddy, tmp_path: Path) -> None:
    words = ("--text", "The old man bought three books")
    ended = studybuddy("lab", "translate", *words, "--steps", "--json")
    assert ended.code == 0
    walked = json.loads(ended.out)
    assert walked["source"] == ["the", "old", "man", "bought", "three", "books", "."]
    assert len(walked["steps"][0]["weights"]) == 7
    assert walked["steps"][0]["before"] == "<start>"
    file = tmp_path / "steps.svg"
    printed = studybuddy("lab", "translate", *words, "--steps", "--svg", str(file)).out
    count = len(walked["steps"])
    assert all(f"Step {number} of {count}" in printed for number in range(1, count + 1))
    assert f"Step {count} of {count}" in file.read_text(encoding="utf-8")


def test_an_own_output_is_scored_against_the_reference_of_its_seed(
    studybuddy, tmp_path: Path
) -> None:
    asked = json.loads(studybuddy("lab", "bleu", "--seed", "3", "--json").out)
    reference = asked["data"]["reference"]
    mine = "".join(reference[:-1])
    ended = studybuddy("lab", "bleu", "--seed", "3", "--text", mine, "--json")
    assert ended.code == 0
    run = json.loads(ended.out)
    assert (run["ask"], run["seed"], run["prompt"]) == ("own", 3, None)
    assert run["parameters"]["text"] == mine
    assert run["data"]["reference"] == reference
    assert run["data"]["outputs"][0]["words"] == reference[:-1]
    assert 0 < run["answer"] < 100
    file = tmp_path / "bleu.svg"
    printed = studybuddy("lab", "bleu", "--seed", "3", "--text", mine, "--svg", str(file))
    assert " ".join(reference) in printed.out
    assert f"your output: BLEU {run['answer']:.1f}" in printed.out
    assert f"c = {len(reference) - 1}, r = {len(reference)}" in printed.out
    assert "BP" in file.read_text(encoding="utf-8")
    chinese = studybuddy("--lang", "zh", "lab", "bleu", "--seed", "3", "--text", mine).out
    assert f"你的译文：BLEU {run['answer']:.1f}" in chinese


def test_gradients_are_measured_on_an_own_sentence(studybuddy) -> None:
    arguments = ("--text", "the cat slept", "--set", "state=open", "--json")
    ended = studybuddy("lab", "gradients", *arguments)
    assert ended.code == 0
    run = json.loads(ended.out)
    assert run["parameters"]["state"] == "open"
    assert run["data"]["source"] == ["the", "cat", "slept", "."]
    assert [len(each["log10"][0]) for each in run["data"]["networks"]] == [4] * 5
    assert [figure["figure"] for figure in run["figures"]] == ["curve", "curve"]


def test_the_list_says_which_experiments_take_words_of_ones_own(studybuddy) -> None:
    listed = json.loads(studybuddy("lab", "--json").out)["experiments"]
    own = {each["name"]: each["own"] for each in listed if each["own"]}
    assert own == {"translate": "sentence", "gradients": "sentence", "bleu": "output"}
    assert studybuddy("lab").out.count("--text …") == 3


def test_models_are_listed_from_their_cards(studybuddy) -> None:
    ended = studybuddy("models", "--json")
    assert ended.code == 0
    models = {each["name"]: each for each in json.loads(ended.out)["models"]}
    attention = models["attention"]
    assert attention["trained_lengths"] == [4, 20]
    assert attention["bytes"] > 100_000
    assert "Luong" in attention["timing"]
    assert all(0 <= each["low"] <= each["exact_match"] <= 1 for each in attention["buckets"])
    shown = studybuddy("models").out
    assert "attention  additive" in shown
    assert f"{attention['parameters']:,} parameters" in shown


def test_a_damaged_card_is_named_and_the_others_are_listed(studybuddy, home: Path) -> None:
    folder = home / "models"
    folder.mkdir()
    (folder / "mine.safetensors").write_bytes(b"")
    (folder / "mine.json").write_text("{")
    ended = studybuddy("models")
    assert ended.code == 1
    assert "mine.json" in ended.err
    assert "attention  additive" in ended.out


def test_listing_models_imports_no_torch(home: Path) -> None:
    code = (
        "import sys\nfrom studybuddy.cli.ending import run_to_the_end\n"
        "run_to_the_end(['models', '--json'])\n"
        "print('torch' in sys.modules, file=sys.stderr)"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert ended.stderr.strip().endswith("False")
