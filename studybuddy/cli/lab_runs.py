"""A run of the laboratory on the command line: progress, then figures, JSON, or SVG files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from studybuddy.cli.output import ProgressLine, print_json, say, talk
from studybuddy.errors import StudyBuddyError
from studybuddy.text.sanitise import clean
from studybuddy.text.translation import Language, _

if TYPE_CHECKING:
    from studybuddy.catalogue.figures import Decoding, Figure
    from studybuddy.catalogue.predictions import Progress, Result, Task
    from studybuddy.pictures.rows import Picture, PictureRow
    from studybuddy.study.trial import Trial

JSON_VERSION = 1
SVG_WIDTH = 80
T = TypeVar("T")


def show_run(trial: Trial, language: Language, *, as_json: bool, svg: Path | None) -> None:
    """Run it, then print its figures or one JSON document, and save them where asked."""
    task = trial.task(language)
    result = _watched(lambda report: trial.start(task, report, _never))
    if as_json:
        print_json(as_data(result, task, trial))
    else:
        _print(result, task)
    if svg is not None:
        _save_figures(result, svg)


def show_steps(
    text: str | None, model: str | None, seed: int, *, as_json: bool, svg: Path | None
) -> None:
    """Walk the decoder of a network over a sentence: the learner's own, or one of this seed."""
    from studybuddy.lab.own import read_sentence
    from studybuddy.lab.threads import ready
    from studybuddy.lab.walks import drawn_sentence, walkable

    names = walkable()
    name = names[0] if model is None else model
    if name not in names:
        raise StudyBuddyError(
            _("No network {name} can be walked through; there are {names}.").format(
                name=clean(name)[:64], names=", ".join(names)
            )
        )
    source = drawn_sentence(seed) if text is None else read_sentence(text)
    ready()
    from studybuddy.lab.stepping import decode_steps

    decoding = decode_steps(name, source)
    if as_json:
        print_json({"schema": JSON_VERSION, "model": name, **figure_data(decoding)})
    else:
        _print_steps(decoding)
    if svg is not None:
        _save_steps(decoding, svg)


def _never() -> bool:
    return False


def _watched(work: Callable[[Callable[[Progress], None]], T]) -> T:
    line = ProgressLine()
    try:
        return work(lambda step: line.show(step.done, step.total, step.message))
    finally:
        line.close()


def as_data(result: Result, task: Task | None, trial: Trial) -> dict[str, Any]:
    """The run as plain data: key, sample, interval, what was measured, and the figures."""
    return {
        "schema": JSON_VERSION,
        "experiment": result.run,
        "ask": result.ask,
        "seed": result.seed,
        "parameters": dict(task.parameters)
        if task is not None
        else {"text": trial.text, **trial.parameters},
        "prompt": task.prompt if task is not None else None,
        "answer": result.answer,
        "n": result.n,
        "low": result.low,
        "high": result.high,
        "lows": list(result.lows),
        "highs": list(result.highs),
        "ties": [list(pair) for pair in result.ties],
        "clear": result.clear,
        "summary": result.summary,
        "notes": list(result.notes),
        "data": dict(result.data),
        "figures": [figure_data(figure) for figure in result.figures],
    }


def figure_data(figure: Figure) -> dict[str, Any]:
    """A figure as plain data under its name."""
    plain = {"figure": type(figure).__name__.lower(), **asdict(figure)}
    return {
        name: sorted(value) if isinstance(value, frozenset) else value
        for name, value in plain.items()
    }


def _save(drawing: str, file: Path) -> None:
    try:
        file.write_text(drawing, encoding="utf-8")
    except OSError as problem:
        raise StudyBuddyError(
            _("{file} could not be written: {why}").format(
                file=clean(str(file)), why=problem.strerror or problem
            )
        ) from problem
    talk(_("saved {file}").format(file=file))


def _save_figures(result: Result, file: Path) -> None:
    from studybuddy.pictures.svg import figure_svg

    _save(figure_svg(result.figures, result.summary), file)


def _save_steps(decoding: Decoding, file: Path) -> None:
    from studybuddy.pictures.svg import picture_svg

    _save(picture_svg(_steps_picture(decoding, SVG_WIDTH), decoding.title, SVG_WIDTH), file)


def _print(result: Result, task: Task | None) -> None:
    from studybuddy.cli.figures import print_picture
    from studybuddy.cli.terminal import text_width
    from studybuddy.pictures.figures import figure_picture
    from studybuddy.pictures.prose import prose_picture, wrap_segments
    from studybuddy.pictures.rows import Segment

    width = text_width()
    if task is not None:
        print_picture(prose_picture(task.prompt, width))
        say()
    if result.summary:
        print_picture(tuple(wrap_segments([Segment(result.summary, "strong")], width)))
    for figure in result.figures:
        say()
        print_picture(figure_picture(figure, width))
    say()
    for note in result.notes:
        print_picture(tuple(wrap_segments([Segment(note, "dim")], width)))


def _print_steps(decoding: Decoding) -> None:
    from studybuddy.cli.figures import print_picture
    from studybuddy.cli.terminal import text_width

    print_picture(_steps_picture(decoding, text_width()))


def _steps_picture(decoding: Decoding, width: int) -> Picture:
    """Every step, one below another."""
    from studybuddy.pictures.decoding import decoding_picture

    rows: list[PictureRow] = []
    for at in range(len(decoding.steps)):
        if at:
            rows.append(())
        rows += decoding_picture(decoding, width, at=at)
    return tuple(rows)
