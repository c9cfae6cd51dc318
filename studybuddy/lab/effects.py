"""What the decks' experiments were found to show on these models, kept beside the models.

A question is worth asking only when its effect lies outside its interval on the model that
answers it. So each question of a deck is run from several seeds, and what was found is stored
with the hash of every model that was used. A deck is then checked without torch; a model that
changes makes its results stale.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from studybuddy.catalogue.experiments import with_defaults
from studybuddy.catalogue.experiments.alternatives import each_choice
from studybuddy.errors import StudyBuddyError
from studybuddy.lab.cards import read_card
from studybuddy.text.translation import _

FORMAT = 1
SEEDS = tuple(range(101, 105))
"""A question is run from each of these."""
LEAST_CLEAR = 0.75
"""So large a part of the runs must show the effect outside its interval."""
_LARGEST = 4 * 2**20
_FILE = "effects.json"


@dataclass(frozen=True, slots=True)
class Question:
    """A run, what it is asked, and its parameters in full."""

    run: str
    ask: str
    parameters: Mapping[str, Any]

    @property
    def key(self) -> str:
        """One text for one question, whatever order its parameters are written in."""
        return json.dumps([self.run, self.ask, dict(self.parameters)], sort_keys=True)


@dataclass(frozen=True, slots=True)
class Effect:
    """What the runs of a question found: one answer a seed, how many were clear, on which models."""

    run: str
    ask: str
    parameters: Mapping[str, Any]
    seeds: tuple[int, ...]
    answers: tuple[Any, ...]
    clear: int
    models: Mapping[str, str]

    @property
    def question(self) -> Question:
        """What was asked."""
        return Question(self.run, self.ask, self.parameters)

    @property
    def shown(self) -> bool:
        """Whether the effect was outside its interval often enough to be asked about."""
        return self.clear >= LEAST_CLEAR * len(self.seeds)


def questions_of(run: str, ask: str, parameters: Mapping[str, Any]) -> list[Question]:
    """Every question that a card may ask: its parameters completed, each alternative picked."""
    complete = with_defaults(run, ask, parameters)
    return [Question(run, ask, chosen) for chosen in each_choice(complete)]


def read_effects(folder: Path) -> dict[str, Effect]:
    """The effects stored in `folder` by their question's key; empty when nothing is stored.

    Raises StudyBuddyError when the file is malformed.
    """
    file = folder / _FILE
    try:
        with file.open("rb") as stream:
            raw = stream.read(_LARGEST + 1)
    except OSError:
        return {}
    try:
        plain = json.loads(raw) if len(raw) <= _LARGEST else None
        if not isinstance(plain, dict) or plain["format"] != FORMAT:
            raise ValueError("unknown format")
        effects = [
            Effect(
                run=str(each["run"]),
                ask=str(each["ask"]),
                parameters=dict(each["parameters"]),
                seeds=tuple(each["seeds"]),
                answers=tuple(each["answers"]),
                clear=int(each["clear"]),
                models={str(name): str(digest) for name, digest in each["models"].items()},
            )
            for each in plain["effects"]
        ]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
        raise StudyBuddyError(
            _("{file} is malformed; `studybuddy decks check --runs` writes it anew").format(
                file=file
            )
        ) from problem
    return {effect.question.key: effect for effect in effects}


def write_effects(effects: Iterable[Effect], folder: Path) -> Path:
    """Store the effects in one move; returns the file. Raises StudyBuddyError when it cannot."""
    file = folder / _FILE
    ordered = sorted(effects, key=lambda effect: effect.question.key)
    text = json.dumps(
        {"format": FORMAT, "effects": [asdict(effect) for effect in ordered]},
        ensure_ascii=False,
        indent=1,
        sort_keys=True,
    )
    part = file.with_name(file.name + ".part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        part.write_text(text + "\n", encoding="utf-8")
        os.replace(part, file)
    except OSError as problem:
        raise StudyBuddyError(
            _("{file} cannot be written; name another folder with --out").format(file=file)
        ) from problem
    return file


def measure(question: Question, seeds: Sequence[int] = SEEDS) -> Effect:
    """Run the question from every seed. Raises what `lab.run.run` raises."""
    from studybuddy.lab.run import run
    from studybuddy.lab.tasks import prepare

    answers: list[Any] = []
    models: dict[str, str] = {}
    clear = 0
    for seed in seeds:
        task = prepare(question.run, question.ask, question.parameters, seed, "en")
        result = run(task)
        answers.append(result.answer)
        clear += result.clear
        models.update(result.models)
    return Effect(
        question.run,
        question.ask,
        dict(question.parameters),
        tuple(seeds),
        tuple(answers),
        clear,
        dict(sorted(models.items())),
    )


def doubt(question: Question, effects: Mapping[str, Effect], models: Path) -> str | None:
    """Why the question should not be asked on the models of a folder, or None, without torch."""
    effect = effects.get(question.key)
    if effect is None:
        return _("its effect was never measured; `studybuddy decks check --runs` measures it")
    for name, digest in effect.models.items():
        try:
            same = read_card(models / f"{name}.json").sha256 == digest
        except StudyBuddyError:
            same = False
        if not same:
            return _(
                "its effect was measured on another {name}; `studybuddy decks check --runs` "
                "measures it again"
            ).format(name=name)
    if not effect.shown:
        return _(
            "its effect lies inside its interval in {n} of {all} runs on these models: ask "
            "something else, or with other parameters"
        ).format(n=len(effect.seeds) - effect.clear, all=len(effect.seeds))
    return None
