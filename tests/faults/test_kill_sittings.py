"""A sample of the killed sittings, and a judge that must see every kind of loss.

The whole: `python tests/faults/kill_sittings.py --count 50`, and once more with --app.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from kill_journal import DATABASE, Act, Entry, Examined, Journal, examine
from kill_sittings import run

CHOICE, PREDICTION = "killed/choice-00", "killed/experiment-00"
CHOSEN = {"form": "chosen", "options": [1]}
SEALED = {"form": "predicted", "value": 7.0}
ROWS = [bytes([number]) * 16 for number in range(8)]


@pytest.mark.parametrize(("app", "count", "seed"), [(False, 4, 5), (True, 1, 5)])
def test_nothing_acknowledged_is_lost(tmp_path: Path, app: bool, count: int, seed: int) -> None:
    journal = run(tmp_path / "home", count, seed, app=app)
    assert journal.told == []
    assert set(journal.counts.faults.values()) == {0}
    assert journal.counts.kills == count


def answered() -> Journal:
    """A journal of an acknowledged choice, its grade, and a sealed prediction."""
    journal = Journal()
    for act in (
        Act("attempt", CHOICE, CHOSEN),
        Act("grade", CHOICE, grade=4),
        Act("attempt", PREDICTION, SEALED, 70),
    ):
        journal.expect(act)
        journal.acknowledge()
    return journal


LOG = [
    Entry(ROWS[0], "attempt", CHOICE, CHOSEN),
    Entry(ROWS[1], "grade", CHOICE, grade=4, ref=ROWS[0]),
    Entry(ROWS[2], "attempt", PREDICTION, SEALED, 70),
]


def faults_of(journal: Journal, log: list[Entry], **found: object) -> dict[str, int]:
    """The faults that are not 0, once the journal was held against a log."""
    examined = Examined(log, pending=[PREDICTION])
    for name, value in found.items():
        setattr(examined, name, value)
    journal.settle(examined)
    return {name: count for name, count in journal.counts.faults.items() if count}


def test_a_whole_log_has_no_fault() -> None:
    journal = answered()
    assert faults_of(journal, LOG) == {}
    counts = journal.counts
    assert (counts.submissions, counts.grades, counts.predictions_sealed) == (2, 1, 1)
    assert journal.pending == [PREDICTION]


@pytest.mark.parametrize(
    ("log", "fault"),
    [
        (LOG[:2], {"lost_submissions": 1, "states_unlike_the_log": 1}),
        ([LOG[0], LOG[2]], {"lost_grades": 1, "states_unlike_the_log": 1}),
        (
            [*LOG[:2], Entry(ROWS[2], "attempt", PREDICTION, {**SEALED, "value": 8.0}, 70)],
            {"lost_submissions": 1, "rows_nobody_asked_for": 1, "states_unlike_the_log": 1},
        ),
        (
            [LOG[0], Entry(ROWS[1], "grade", CHOICE, grade=4, ref=ROWS[5]), LOG[2]],
            {"lost_grades": 1, "rows_nobody_asked_for": 1, "states_unlike_the_log": 1},
        ),
        ([*LOG, Entry(ROWS[3], "flag", CHOICE)], {"rows_nobody_asked_for": 1}),
    ],
    ids=["submission", "grade", "another answer", "another attempt", "one row more"],
)
def test_a_loss_is_seen(log: list[Entry], fault: dict[str, int]) -> None:
    assert faults_of(answered(), log) == fault


def test_an_act_that_was_cut_off_may_stand_in_the_log_or_not() -> None:
    for log in (LOG, LOG[:2]):
        journal = answered()
        journal.acts[-1].acknowledged = False
        pending = [PREDICTION] if log is LOG else []
        assert faults_of(journal, log, pending=pending) == {}
        assert journal.counts.cut_off == len(pending)


def test_a_prediction_retaken_is_seen_on_the_screen_and_in_the_log() -> None:
    journal = answered()
    journal.settle(Examined(LOG, pending=[PREDICTION]))
    journal.asked(PREDICTION)
    assert journal.counts.predictions_retaken == 1
    journal.expect(Act("attempt", PREDICTION, SEALED, 90))
    journal.acknowledge()
    again = Entry(ROWS[3], "attempt", PREDICTION, SEALED, 90)
    assert faults_of(journal, [*LOG, again]) == {"predictions_retaken": 2}


def test_a_row_that_vanishes_later_is_seen() -> None:
    journal = answered()
    journal.settle(Examined(LOG, pending=[PREDICTION]))
    assert faults_of(journal, LOG[1:])["lost_submissions"] == 1


def test_a_damaged_file_is_an_integrity_failure(tmp_path: Path) -> None:
    assert examine(tmp_path).integrity == "ok"
    (tmp_path / DATABASE).write_bytes(b"no database" * 100)
    assert faults_of(Journal(), [], integrity=examine(tmp_path).integrity, pending=[]) == {
        "integrity_failures": 1
    }
