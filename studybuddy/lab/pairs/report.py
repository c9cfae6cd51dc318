"""The three networks side by side on test sentences that none of them was trained on."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any

from studybuddy.lab.pairs.corpus import Asked, Corpus
from studybuddy.lab.pairs.decoding import write
from studybuddy.lab.pairs.saved import PairsCard, PairsModel
from studybuddy.lab.pairs.scoring import (
    Counted,
    Score,
    bleu_of,
    count,
    drawn,
    interval,
    resampled,
    resampled_chrf,
    score_of,
)
from studybuddy.lab.pairs.tokens import UNKNOWN_WRITTEN, Tokens, join

SAMPLES = 6
_SHARES = (0.25, 0.5, 0.75, 0.93)
"""Where the test sentences, ordered by length, are divided into buckets."""
_DRAW_SEED = 12_345


@dataclass(frozen=True, slots=True)
class LengthBucket:
    """Test sentences of `shortest`..`longest` source tokens: how many there are."""

    shortest: int
    longest: int
    n: int


@dataclass(frozen=True, slots=True)
class NetworkReport:
    """What one network reached; `unknown` is the share of ⁇ among the tokens it wrote."""

    name: str
    card: PairsCard
    bleu: Score
    chrf: Score
    buckets: tuple[Score, ...]
    unknown: float


@dataclass(frozen=True, slots=True)
class Gap:
    """BLEU of `better` minus BLEU of `worse` on the same test sentences, with its interval."""

    better: str
    worse: str
    value: float
    low: float
    high: float

    @property
    def clear(self) -> bool:
        """Whether the interval leaves out zero."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True, slots=True)
class Sample:
    """One test sentence, its translations in the file, and what each network wrote."""

    source: str
    references: tuple[str, ...]
    written: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Report:
    """All results, and how the text was divided."""

    corpus: Corpus
    buckets: tuple[LengthBucket, ...]
    networks: tuple[NetworkReport, ...]
    gaps: tuple[Gap, ...]
    samples: tuple[Sample, ...]
    bleu_signature: str
    chrf_signature: str

    def plain(self) -> dict[str, Any]:
        """Everything as JSON values."""
        corpus = self.corpus
        return {
            "counts": corpus.counts.plain(),
            "file_sha256": corpus.file_sha256,
            "source": _side(corpus, "source"),
            "target": _side(corpus, "target"),
            "buckets": [asdict(bucket) for bucket in self.buckets],
            "networks": [asdict(network) for network in self.networks],
            "bleu_gaps": [{**asdict(gap), "clear": gap.clear} for gap in self.gaps],
            "samples": [asdict(sample) for sample in self.samples],
            "bleu_signature": self.bleu_signature,
            "chrf_signature": self.chrf_signature,
        }


def _side(corpus: Corpus, name: str) -> dict[str, Any]:
    side = corpus.source if name == "source" else corpus.target
    return {
        "units": side.units,
        "vocabulary": len(side.vocabulary),
        "types": side.types,
        "known": side.known,
    }


def buckets_of(lengths: Sequence[int]) -> tuple[LengthBucket, ...]:
    """About equal parts of the test sentences by source length, and the longest ones apart."""
    ordered = sorted(lengths)
    ends = [ordered[max(0, math.ceil(share * len(ordered)) - 1)] for share in _SHARES]
    found: list[LengthBucket] = []
    for end in dict.fromkeys([*ends, ordered[-1]]):
        start = found[-1].longest + 1 if found else ordered[0]
        found.append(LengthBucket(start, end, sum(start <= each <= end for each in ordered)))
    return tuple(found)


def translate_test(model: PairsModel, corpus: Corpus) -> list[Tokens]:
    """What the network writes for each test sentence."""
    sources = [each.source for each in corpus.test]
    return write(model.network, sources, model.words.vocabularies, model.words.most)


def report_on(
    models: Sequence[PairsModel], written: Sequence[Sequence[Tokens]], corpus: Corpus
) -> Report:
    """Score what each network has written for the test sentences."""
    asked = corpus.test
    lengths = [len(each.source) for each in asked]
    buckets = buckets_of(lengths)
    draws = drawn(len(asked), _DRAW_SEED)
    networks: list[NetworkReport] = []
    scored: dict[str, Counted] = {}
    lines: dict[str, list[str]] = {}
    for model, outputs in zip(models, written, strict=True):
        name = model.card.name
        lines[name] = [join(tokens, corpus.target.units) for tokens in outputs]
        counted = scored[name] = count(lines[name], asked, corpus.tokenizer)
        low, high = interval(resampled(counted, draws))
        total = sum(map(len, outputs))
        networks.append(
            NetworkReport(
                name=name,
                card=model.card,
                bleu=Score(counted.bleu, low, high),
                chrf=Score(counted.chrf, *interval(resampled_chrf(counted, draws))),
                buckets=tuple(
                    score_of(
                        counted,
                        [i for i, n in enumerate(lengths) if each.shortest <= n <= each.longest],
                        _DRAW_SEED,
                    )
                    for each in buckets
                ),
                unknown=sum(each.count(UNKNOWN_WRITTEN) for each in outputs) / max(1, total),
            )
        )
    return Report(
        corpus=corpus,
        buckets=buckets,
        networks=tuple(networks),
        gaps=tuple(
            gap(better.name, worse.name, scored[better.name], scored[worse.name], draws)
            for worse, better in pairwise(networks)
        ),
        samples=_samples(asked, lines),
        bleu_signature=scored[networks[0].name].bleu_signature,
        chrf_signature=scored[networks[0].name].chrf_signature,
    )


def gap(better: str, worse: str, first: Counted, second: Counted, draws: Any) -> Gap:
    """The difference of two networks' BLEU over the same resampled test sets."""
    value = bleu_of(first.counts.sum(axis=0)) - bleu_of(second.counts.sum(axis=0))
    return Gap(better, worse, value, *interval(resampled(first, draws) - resampled(second, draws)))


def _samples(asked: Sequence[Asked], lines: Mapping[str, list[str]]) -> tuple[Sample, ...]:
    """Test sentences spread over the lengths, the same for each file."""
    order = sorted(range(len(asked)), key=lambda i: (len(asked[i].source), asked[i].source))
    places = [int((k + 0.5) * len(order) / SAMPLES) for k in range(min(SAMPLES, len(order)))]
    return tuple(
        Sample(
            asked[order[place]].text,
            asked[order[place]].references,
            {name: written[order[place]] for name, written in lines.items()},
        )
        for place in places
    )
