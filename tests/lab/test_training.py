"""Training learns, is the same from the same seed, and goes on where it stopped."""

from __future__ import annotations

import dataclasses
import math
from pathlib import Path

import pytest
import torch

from studybuddy.errors import StudyBuddyError
from studybuddy.lab.batches import batch_of, loss_of, training_batch
from studybuddy.lab.data import DATA
from studybuddy.lab.language.corpus import sample
from studybuddy.lab.networks.build import build
from studybuddy.lab.plan import Plan
from studybuddy.lab.recipe import Recipe
from studybuddy.lab.training import Training
from studybuddy.lab.vocabulary import PAD, SOURCE, TARGET

Sizes = dict[str, int]
WORDS = (len(SOURCE), len(TARGET))


def _training(
    recipe: Recipe, seed: int, file: Path | None = None, sizes: Sizes | None = None, every: int = 3
) -> Training:
    plan = Plan("tiny", "additive", sizes or {}, recipe, seed)
    return Training(plan, file, report_every=every)


def _trained(recipe: Recipe, sizes: Sizes, seed: int = 0) -> Training:
    training = _training(recipe, seed, sizes=sizes)
    for _progress in training.run():
        pass
    return training


def _weights(training: Training) -> torch.Tensor:
    return torch.cat([weight.detach().flatten() for weight in training.network.parameters()])


def test_a_small_network_learns_short_sentences(tiny_sizes: Sizes) -> None:
    recipe = Recipe(
        shortest=4, longest=5, per_length=600, steps=600, batch=32, rate=2e-2, warm_up=20
    )
    training = _training(recipe, 0, sizes=tiny_sizes, every=100)
    reports = list(training.run())
    losses = [loss for _step, loss in training.history]
    assert losses[-1] < 1.0 < math.log(len(TARGET))
    assert losses[-1] < losses[0]
    assert reports[-1].exact > 0.15
    assert reports[0].seconds_left is None
    assert reports[-1].seconds_left == 0


def test_the_same_seed_gives_the_same_weights_and_another_seed_others(
    tiny_recipe: Recipe, tiny_sizes: Sizes
) -> None:
    first, again, other = (_trained(tiny_recipe, tiny_sizes, seed) for seed in (4, 4, 5))
    assert torch.equal(_weights(first), _weights(again))
    assert first.history == again.history
    assert not torch.equal(_weights(first), _weights(other))


def test_a_stopped_training_ends_where_an_unbroken_one_does(
    tiny_recipe: Recipe, tiny_sizes: Sizes, tmp_path: Path
) -> None:
    file = tmp_path / "folder" / "stopped.safetensors"
    stopped = _training(tiny_recipe, 0, file, tiny_sizes, 3)
    reports = stopped.run()
    next(reports)
    assert next(reports).step == 3
    reports.close()
    assert file.exists()
    resumed = _training(tiny_recipe, 0, file, tiny_sizes, 3)
    assert next(iter(resumed.run())).step == 3
    resumed = _training(tiny_recipe, 0, file, tiny_sizes, 3)
    assert [progress.step for progress in resumed.run()] == [3, 6]
    unbroken = _trained(tiny_recipe, tiny_sizes)
    assert torch.equal(_weights(resumed), _weights(unbroken))
    assert resumed.history == unbroken.history
    assert not list(file.parent.glob("*.part"))


def test_an_interrupt_in_the_middle_of_a_step_saves_the_last_whole_one(
    tiny_recipe: Recipe, tiny_sizes: Sizes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "stopped.safetensors"
    training = _training(tiny_recipe, 0, file, tiny_sizes, 100)
    learn = Training._learn

    def interrupted(self: Training, *arguments: object) -> None:
        if self.step == 2:
            raise KeyboardInterrupt
        learn(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Training, "_learn", interrupted)
    with pytest.raises(KeyboardInterrupt):
        list(training.run())
    monkeypatch.undo()
    resumed = _training(tiny_recipe, 0, file, tiny_sizes, 3)
    assert [progress.step for progress in resumed.run()] == [2, 3, 6]
    assert torch.equal(_weights(resumed), _weights(_trained(tiny_recipe, tiny_sizes)))


def test_a_checkpoint_of_another_seed_or_recipe_is_refused(
    tiny_recipe: Recipe, tiny_sizes: Sizes, tmp_path: Path
) -> None:
    file = tmp_path / "stopped.safetensors"
    reports = _training(tiny_recipe, 0, file, tiny_sizes, 3).run()
    next(reports)
    next(reports)
    reports.close()
    longer = dataclasses.replace(tiny_recipe, steps=12)
    for recipe, seed in ((tiny_recipe, 1), (longer, 0)):
        with pytest.raises(StudyBuddyError, match="another recipe or seed"):
            next(_training(recipe, seed, file, tiny_sizes).run())


@pytest.mark.parametrize(
    "content", [b"", b"not tensors", b"\xff" * 64, b"\x08" + bytes(7) + b"{}      "]
)
def test_a_damaged_checkpoint_is_refused_in_words(
    tiny_recipe: Recipe, tiny_sizes: Sizes, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "stopped.safetensors"
    file.write_bytes(content)
    with pytest.raises(StudyBuddyError, match="delete it to begin again"):
        next(_training(tiny_recipe, 0, file, tiny_sizes).run())


def test_a_test_sentence_is_never_trained_on() -> None:
    with pytest.raises(ValueError, match="not for training"):
        training_batch(sample([6], 4, "test", 0), 8, 0, 0, DATA["grammar"])


def test_a_batch_has_one_source_length_and_follows_from_seed_and_step() -> None:
    pool = sample((5, 8), 20, "train", 0)
    first, again, later = (training_batch(pool, 8, 1, step, DATA["grammar"]) for step in (3, 3, 4))
    assert torch.equal(first.source, again.source)
    assert first.source.shape != later.source.shape or not torch.equal(first.source, later.source)
    assert not bool((first.source == PAD).any())


def test_padding_of_the_target_is_no_part_of_the_loss(tiny_sizes: Sizes) -> None:
    torch.manual_seed(0)
    network = build("additive", tiny_sizes, WORDS).eval()
    pairs = [pair for group in sample((4, 12), 1, "train", 0).values() for pair in group]
    with torch.inference_mode():
        together = float(loss_of(network, batch_of(pairs)))
        apart = [(float(loss_of(network, batch_of([p]))), len(p.target) + 1) for p in pairs]
    assert together == pytest.approx(
        sum(loss * n for loss, n in apart) / sum(n for _, n in apart), abs=1e-5
    )


def test_the_rate_warms_up_falls_and_settles_for_the_last_fifth() -> None:
    recipe = Recipe(steps=1250, warm_up=100, rate=1.0, floor=0.02)
    assert recipe.rate_at(0) == pytest.approx(0.01)
    assert recipe.rate_at(100) == pytest.approx(1.0)
    assert recipe.rate_at(550) == pytest.approx(0.51)
    assert recipe.rate_at(999) == pytest.approx(0.02, abs=1e-4)
    assert {recipe.rate_at(step) for step in range(1000, 1250)} == {0.02}


def test_digits_are_copied_and_letters_turned_round() -> None:
    for name, turned in (("digits", False), ("letters reversed", True)):
        for length, pairs in DATA[name].sample((1, 4, 9), 20, "train", 3).items():
            assert pairs
            assert len({pair.source for pair in pairs}) == len(pairs)
            for pair in pairs:
                assert len(pair.source) == length
                assert pair.target == (pair.source[::-1] if turned else pair.source)
                assert all(pair.source[j] == pair.target[t] for t, j in pair.sure)
                assert len(pair.sure) == length
    parts = [
        {pair.source for pair in DATA["digits"].sample([5], 200, part, 1)[5]}
        for part in ("train", "test")
    ]
    assert all(len(part) == 200 for part in parts)
    assert not parts[0] & parts[1]
