"""Training learns, follows from the seed, and goes on where it stopped."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
import torch

from studybuddy.errors import StudyBuddyError
from studybuddy.lab.networks.build import build
from studybuddy.lab.pairs import interrupts
from studybuddy.lab.pairs.batches import Batches, batch_of, check_batches, summed_loss
from studybuddy.lab.pairs.corpus import Corpus, Numbered
from studybuddy.lab.pairs.dropout import add_dropout
from studybuddy.lab.pairs.settings import NETWORKS, Network, Settings, usual_steps
from studybuddy.lab.pairs.training import PairsTraining
from studybuddy.lab.vocabulary import END, PAD, START

SETTINGS = Settings(12, batch=16, check_every=4, warm_up=2, rate=1e-2)


def _weights(training: PairsTraining) -> torch.Tensor:
    return torch.cat([weight.detach().flatten() for weight in training.network.parameters()])


def _trained(training: PairsTraining) -> PairsTraining:
    for _progress in training.run():
        pass
    return training


def test_a_batch_has_start_end_and_padding() -> None:
    batch = batch_of([Numbered([5], [7, 8]), Numbered([6, 4, 9], [8])])
    assert batch.source.tolist() == [[5, PAD, PAD], [6, 4, 9]]
    assert batch.lengths.tolist() == [1, 3]
    assert batch.before.tolist() == [[START, 7, 8], [START, 8, PAD]]
    assert batch.words.tolist() == [[7, 8, END], [8, END, PAD]]


def test_an_epoch_holds_every_pair_once_in_batches_of_like_lengths() -> None:
    pairs = [Numbered([4] * (1 + n % 13), [5 + n]) for n in range(1_000)]
    batches = Batches(pairs, 8, seed=1)
    layout = [batches.at(step) for step in range(batches.per_epoch)]
    seen = sorted(int(word) for batch in layout for word in batch.words[:, 0])
    assert seen == [5 + n for n in range(1_000)]
    spread = [int(batch.lengths.max() - batch.lengths.min()) for batch in layout]
    assert sum(spread) / len(spread) < 1
    again = Batches(pairs, 8, seed=1)
    late = batches.per_epoch + 3
    assert torch.equal(again.at(late).words, batches.at(late).words)
    assert not torch.equal(again.at(3).words, again.at(late).words)
    assert not torch.equal(Batches(pairs, 8, seed=2).at(3).words, Batches(pairs, 8, 1).at(3).words)


def test_the_loss_of_a_batch_is_that_of_its_sentences(corpus: Corpus, tiny: tuple[Network]) -> None:
    pairs = corpus.train[:9]
    words = (len(corpus.source.vocabulary), len(corpus.target.vocabulary))
    for plan in tiny:
        torch.manual_seed(0)
        network = build(plan.kind, plan.sizes, words).eval()
        with torch.inference_mode():
            together, count = summed_loss(network, batch_of(pairs))
            apart = [summed_loss(network, batch_of([pair])) for pair in pairs]
        assert float(together) == pytest.approx(sum(float(loss) for loss, _ in apart), abs=1e-3)
        assert count == sum(n for _, n in apart) == sum(len(pair.target) + 1 for pair in pairs)
    assert sum(len(batch.source) for batch in check_batches(corpus.train)) == len(corpus.train)


def test_dropout_leaves_out_the_same_numbers_at_every_place_and_none_when_measured(
    tiny: tuple[Network],
) -> None:
    torch.manual_seed(0)
    network = build(tiny[2].kind, tiny[2].sizes, (50, 50))
    keys = set(network.state_dict())
    add_dropout(network, 0.5)
    assert set(network.state_dict()) == keys
    words = torch.randint(4, 50, (3, 7))
    plain = network.encoder.embedding.weight[words]
    network.train()
    dropped = network.encoder.embedding(words)
    gone = dropped == 0
    assert 0 < int(gone.sum()) < gone.numel()
    assert torch.equal(gone, gone[:, :1].expand_as(gone))
    assert torch.allclose(dropped[~gone], 2 * plain[~gone])
    network.eval()
    assert torch.equal(network.encoder.embedding(words), plain)


def test_a_tiny_network_learns_and_the_best_weights_are_kept(
    corpus: Corpus, tiny: tuple[Network]
) -> None:
    settings = Settings(60, batch=16, check_every=10, warm_up=2, rate=2e-2, dropout=0.0)
    training = PairsTraining(corpus, tiny[2], settings)
    reports = list(training.run())
    assert training.best_check.validation < 0.8 < training.history[0].validation
    assert reports[-1].ended
    assert reports[0].seconds_a_step is None
    assert training.best_check.validation == min(each.validation for each in training.history)
    training.network.load_state_dict(training.best)
    training.network.eval()
    with torch.inference_mode():
        parts = [summed_loss(training.network, each) for each in check_batches(corpus.validation)]
    loss = sum(float(loss) for loss, _ in parts) / sum(n for _, n in parts)
    assert loss == pytest.approx(training.best_check.validation, abs=1e-5)


def test_training_stops_when_the_loss_no_longer_falls(corpus: Corpus, tiny: tuple[Network]) -> None:
    settings = Settings(400, batch=16, check_every=2, warm_up=1, rate=0.3, patience=3)
    training = _trained(PairsTraining(corpus, tiny[0], settings))
    assert training.step < 400
    losses = [each.validation for each in training.history]
    assert losses.index(min(losses)) == len(losses) - 4


def test_the_seed_decides(corpus: Corpus, tiny: tuple[Network]) -> None:
    first, again = (_trained(PairsTraining(corpus, tiny[1], SETTINGS)) for _ in range(2))
    other = _trained(PairsTraining(corpus, tiny[1], Settings(12, 1, 16, check_every=4)))
    assert torch.equal(_weights(first), _weights(again))
    assert first.history == again.history
    assert not torch.equal(_weights(first), _weights(other))


@pytest.mark.parametrize("stop", [3, 4, 6, 11])
def test_a_stopped_training_ends_where_an_unbroken_one_does(
    corpus: Corpus, tiny: tuple[Network], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stop: int
) -> None:
    monkeypatch.setattr("studybuddy.lab.pairs.training.REPORT_EVERY", 1)
    file = tmp_path / "folder" / "stopped.safetensors"
    stopped = PairsTraining(corpus, tiny[2], SETTINGS, file)
    reports = stopped.run()
    while next(reports).step < stop:
        pass
    reports.close()
    resumed = PairsTraining(corpus, tiny[2], SETTINGS, file)
    assert next(resumed.run()).step == stop
    resumed = _trained(PairsTraining(corpus, tiny[2], SETTINGS, file))
    unbroken = _trained(PairsTraining(corpus, tiny[2], SETTINGS))
    assert torch.equal(_weights(resumed), _weights(unbroken))
    assert resumed.history == unbroken.history
    assert all(torch.equal(resumed.best[name], unbroken.best[name]) for name in unbroken.best)
    assert not list(file.parent.glob("*.part"))


def test_an_interrupt_in_the_middle_of_a_step_saves_it_whole(
    corpus: Corpus, tiny: tuple[Network], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "stopped.safetensors"
    learn = PairsTraining._learn

    def pressed(self: PairsTraining, *arguments: object) -> tuple[float, int]:
        if self.step == 5:
            os.kill(os.getpid(), signal.SIGINT)
        return learn(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(PairsTraining, "_learn", pressed)
    with pytest.raises(KeyboardInterrupt):
        _trained(PairsTraining(corpus, tiny[2], SETTINGS, file))
    monkeypatch.undo()
    resumed = PairsTraining(corpus, tiny[2], SETTINGS, file)
    assert next(resumed.run()).step == 6
    resumed = _trained(PairsTraining(corpus, tiny[2], SETTINGS, file))
    assert torch.equal(
        _weights(resumed), _weights(_trained(PairsTraining(corpus, tiny[2], SETTINGS)))
    )


def test_the_former_handler_of_interrupts_comes_back() -> None:
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(ValueError, match="own"), interrupts.interrupt_after():
        raise ValueError("own")
    assert signal.getsignal(signal.SIGINT) is before


def test_a_checkpoint_of_other_settings_or_a_damaged_one_is_refused(
    corpus: Corpus, tiny: tuple[Network], tmp_path: Path
) -> None:
    file = tmp_path / "stopped.safetensors"
    _trained(PairsTraining(corpus, tiny[2], SETTINGS, file))
    other = PairsTraining(corpus, tiny[2], Settings(13, batch=16, check_every=4), file)
    with pytest.raises(StudyBuddyError, match="another text or with other settings"):
        next(other.run())
    with pytest.raises(StudyBuddyError, match="not a checkpoint of this network"):
        next(PairsTraining(corpus, tiny[0], SETTINGS, file).run())
    for content in (b"", b"not tensors", file.read_bytes()[:-9], b"\xff" * 80):
        file.write_bytes(content)
        with pytest.raises(StudyBuddyError, match="delete it to begin again"):
            next(PairsTraining(corpus, tiny[2], SETTINGS, file).run())


def test_a_loss_that_is_no_number_ends_in_words(corpus: Corpus, tiny: tuple[Network]) -> None:
    training = PairsTraining(corpus, tiny[0], SETTINGS)
    with torch.no_grad():
        training.network.embedding.weight.fill_(float("nan"))  # type: ignore[operator, union-attr]
    with pytest.raises(StudyBuddyError, match="no number"):
        _trained(training)


def test_attention_and_c_at_every_step_cost_about_the_same() -> None:
    sizes = [
        build(network.kind, network.sizes, (3_800, 2_200)).parameter_count() for network in NETWORKS
    ]
    init, every, attention = sizes
    assert abs(every / attention - 1) < 0.08
    assert init < every
    assert usual_steps(20_000) == 3_750
    assert usual_steps(10) == 300
    assert usual_steps(10**6) == 30_000
