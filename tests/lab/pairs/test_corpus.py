"""Vocabularies and parts: nothing of the test is ever trained on."""

from __future__ import annotations

import pytest

from studybuddy.errors import StudyBuddyError
from studybuddy.lab.pairs.corpus import (
    LONGEST,
    MOST_TRANSLATIONS,
    SPECIAL,
    UNKNOWN,
    Corpus,
    corpus_of,
    part_of,
    vocabulary_of,
)
from studybuddy.lab.pairs.reading import ReadFile

from .conftest import lines


def _file(pairs: list[tuple[str, str]]) -> ReadFile:
    return ReadFile(pairs, len(pairs), 0, "hash")


def _many(n: int = 300) -> list[tuple[str, str]]:
    return [(f"word{i} and word{i + 1} go", f"字{i}走") for i in range(n)]


def test_the_parts_share_no_source_and_keep_every_pair(corpus: Corpus) -> None:
    source = corpus.source.vocabulary
    trained = {tuple(pair.source) for pair in corpus.train}
    validated = {tuple(pair.source) for pair in corpus.validation}
    tested = {tuple(source.numbers(each.source)) for each in corpus.test}
    assert not trained & tested
    assert not trained & validated
    assert not validated & tested
    counts = corpus.counts
    assert counts.pairs == counts.train + counts.validation + counts.references == len(lines())


def test_a_source_keeps_its_part_whatever_its_punctuation() -> None:
    shares = (0.3, 0.3)
    for number in range(50):
        word = f"word{number}"
        assert part_of((word, "!"), shares) == part_of((word,), shares)
        assert part_of((word, "."), shares) == part_of(("¿", word, "?"), shares)


def test_the_parts_have_about_their_shares() -> None:
    parts = [part_of((f"w{n}",), (0.1, 0.06)) for n in range(5_000)]
    assert 400 < parts.count("test") < 600
    assert 230 < parts.count("validation") < 370


def test_other_translations_of_a_test_sentence_are_further_references() -> None:
    pairs = [(source, target + more) for source, target in _many() for more in ("", "了", "了")]
    corpus = corpus_of(_file(pairs))
    assert all(len(each.references) == 2 for each in corpus.test)
    assert corpus.counts.repeated == 300
    assert corpus.counts.references == 2 * corpus.counts.test
    assert corpus.counts.train % 2 == 0


def test_a_sentence_keeps_a_bounded_number_of_translations() -> None:
    crowd = [("word1 and word2 go", f"字{n}") for n in range(500)]
    corpus = corpus_of(_file(_many() + crowd))
    assert corpus.counts.further == 501 - MOST_TRANSLATIONS
    assert corpus.counts.pairs == 299 + MOST_TRANSLATIONS


def test_long_and_wordless_pairs_are_dropped_and_counted() -> None:
    most = LONGEST["words"]
    odd = [
        ("a " * (most + 1), "长"),
        ("a " * most, "好"),
        ("short", "字" * (LONGEST["characters"] + 1)),
        ("?!", "字"),
        ("word", "。"),
    ]
    corpus = corpus_of(_file(_many() + odd))
    assert (corpus.counts.long, corpus.counts.wordless) == (2, 2)
    assert corpus.counts.pairs == 301


def test_words_seen_once_and_rare_ones_past_the_cap_are_unknown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sentences = [("a", "b"), ("a", "b"), ("a", "c"), ("x" * 61,), ("x" * 61,)]
    vocabulary, types = vocabulary_of(sentences)
    assert vocabulary.words == (*SPECIAL, "a", "b")
    assert vocabulary.numbers(["a", "c", "<pad>"]) == [4, UNKNOWN, 0]
    assert types == 4
    monkeypatch.setattr("studybuddy.lab.pairs.corpus.MOST_WORDS", 1)
    assert vocabulary_of(sentences)[0].words == (*SPECIAL, "a")


def test_units_are_decided_by_script_unless_they_are_given() -> None:
    corpus = corpus_of(_file(_many()))
    assert (corpus.source.units, corpus.target.units) == ("words", "characters")
    assert corpus.tokenizer == "zh"
    other = corpus_of(_file(_many()), target_units="words")
    assert other.target.units == "words"
    assert other.identity() != corpus.identity()


def test_a_file_of_almost_nothing_is_refused_and_a_small_one_fills_all_parts() -> None:
    with pytest.raises(StudyBuddyError, match="only 39 usable pairs"):
        corpus_of(_file(_many(39)))
    for n in range(40, 60):
        corpus = corpus_of(_file(_many(n)))
        assert corpus.train
        assert corpus.validation
        assert corpus.test
