"""The grammar: one translation a sentence, gold links that mean what they say, the same draws."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from studybuddy.lab.language.corpus import sample, seeded, split_of
from studybuddy.lab.language.grammar import SentencePair, draw_sentence
from studybuddy.lab.language.lexicon import ANIMATE, CHINESE, ENGLISH, THINGS, TOOLS


@pytest.fixture(scope="module")
def drawn() -> list[SentencePair]:
    random = seeded("test of the grammar")
    return [draw_sentence(random, 4 + index % 37) for index in range(12_000)]


def test_no_source_sentence_has_two_translations(drawn: list[SentencePair]) -> None:
    random = seeded("short ones")
    short = [draw_sentence(random, 5) for _ in range(6000)]
    translations: dict[tuple[str, ...], tuple[str, ...]] = {}
    repeats = 0
    for pair in [*drawn, *short]:
        repeats += pair.source in translations
        assert translations.setdefault(pair.source, pair.target) == pair.target
    assert repeats > 200


def test_both_languages_have_at_least_250_words() -> None:
    assert len(ENGLISH) >= 250
    assert len(CHINESE) >= 250


def test_every_word_is_in_the_word_lists_and_every_listed_word_occurs(
    drawn: list[SentencePair],
) -> None:
    assert {word for pair in drawn for word in pair.source} == ENGLISH
    assert {word for pair in drawn for word in pair.target} == CHINESE


def test_sentences_reach_from_four_to_forty_words(drawn: list[SentencePair]) -> None:
    assert set(range(4, 41)) <= {len(pair.source) for pair in drawn}


def test_links_lie_inside_and_sure_ones_are_possible(drawn: list[SentencePair]) -> None:
    for pair in drawn:
        assert pair.sure <= pair.possible
        for target, source in pair.possible:
            assert 0 <= target < len(pair.target)
            assert 0 <= source < len(pair.source)


def test_every_target_word_is_linked_and_the_only_unlinked_source_words_carry_nothing(
    drawn: list[SentencePair],
) -> None:
    unlinked: set[str] = set()
    for pair in drawn:
        targets = {target for target, _ in pair.possible}
        assert targets == set(range(len(pair.target)))
        sources = {source for _, source in pair.sure}
        unlinked |= {word for j, word in enumerate(pair.source) if j not in sources}
    assert unlinked <= {"the", "that", "is", "are", "am", "was", "were", "do", "does"}
    assert {"the", "that", "is"} <= unlinked


def _linked(pair: SentencePair, wanted: str) -> Iterator[str]:
    for target, source in sorted(pair.sure):
        if pair.source[source] == wanted:
            yield pair.target[target]


def test_nouns_are_linked_to_their_own_translation(drawn: list[SentencePair]) -> None:
    """And to the classifier that they choose, where they are counted."""
    nouns = {form: n for n in (*ANIMATE, *THINGS, *TOOLS) for form in (n.one, n.many)}
    checked = 0
    for pair in drawn:
        for word in set(pair.source) & set(nouns):
            noun = nouns[word]
            assert noun.zh in set(_linked(pair, word)) <= {noun.zh, noun.classifier}
            checked += 1
    assert checked > 10_000


def test_one_word_may_become_two_and_two_one(drawn: list[SentencePair]) -> None:
    saw = [pair for pair in drawn if pair.source.count("saw") == 1 and "but" not in pair.source]
    assert any(list(_linked(pair, "saw")) == ["看见", "了"] for pair in saw)
    refused = next(p for p in drawn if "did not" in " ".join(p.source) and "没有" in p.target)
    place = refused.target.index("没有")
    words = [refused.source[source] for target, source in sorted(refused.sure) if target == place]
    assert words == ["did", "not"]


def test_a_counted_noun_has_its_own_classifier(drawn: list[SentencePair]) -> None:
    """Also where a relative clause stands between the classifier and its noun."""
    nouns = (*ANIMATE, *THINGS, *TOOLS)
    measure = {form: noun.classifier for noun in nouns for form in (noun.one, noun.many)}
    checked = 0
    for pair in drawn:
        for t, number in enumerate(pair.target[:-1], start=1):
            if number not in ("一", "两", "三"):
                continue
            near = {pair.source[j] for place, j in pair.sure if place == t}
            assert {measure[noun] for noun in near} == {pair.target[t]}
            checked += 1
    assert checked > 1000


def test_a_relative_clause_stands_before_its_noun(drawn: list[SentencePair]) -> None:
    found = 0
    heads = {form: n.zh for n in (*ANIMATE, *THINGS, *TOOLS) for form in (n.one, n.many)}
    for pair in drawn:
        for j, word in enumerate(pair.source[:-1]):
            if pair.source[j + 1] != "that" or word not in heads:
                continue
            closing = [t for t, source in pair.sure if source == j + 1]
            head = [t for t, at in pair.sure if at == j and pair.target[t] == heads[word]]
            assert len(closing) == 1
            assert pair.target[closing[0]] == "的"
            assert closing[0] < head[0]
            found += 1
    assert found > 500


def test_place_moves_before_the_verb() -> None:
    random = seeded("places")
    pairs = (draw_sentence(random, 7) for _ in range(4000))
    pair = next(p for p in pairs if p.source[2:5] == ("slept", "in", "the") and len(p.source) == 7)
    assert pair.target[-6:][0] == "在"
    assert pair.target[-5 + 1 : -2] == ("里", "睡觉")
    assert pair.target[-2:] == ("了", "。")


def test_the_same_seed_draws_the_same_sentences_and_another_seed_others() -> None:
    first, again, other = (sample([6, 9], 20, "test", seed) for seed in (5, 5, 6))
    assert first == again
    assert {p.source for p in first[9]} != {p.source for p in other[9]}


def test_the_parts_never_share_a_sentence() -> None:
    parts = {
        part: {
            pair.source
            for seed in (0, 1)
            for pairs in sample([4, 5, 12], 80, part, seed).values()
            for pair in pairs
        }
        for part in ("train", "validation", "test")
    }
    assert all(parts.values())
    assert not parts["train"] & parts["test"]
    assert not parts["train"] & parts["validation"]
    assert not parts["validation"] & parts["test"]
    assert all(split_of(source) == part for part, found in parts.items() for source in found)


def test_a_sample_has_the_lengths_asked_for_without_repeats() -> None:
    for length, pairs in sample(range(4, 41, 6), 15, "test", 2).items():
        assert len(pairs) == 15
        assert len({pair.source for pair in pairs}) == 15
        assert {len(pair.source) for pair in pairs} == {length}


def test_a_length_that_cannot_be_filled_ends() -> None:
    found = sample([1], 2, "test", 0)
    assert found == {1: []}


def test_a_length_looks_the_same_whatever_else_is_asked_for() -> None:
    """Else a network trained on 4..20 words meets other sentences of 20 words in a sweep to 27."""

    def commas(lengths: range) -> float:
        pairs = sample(lengths, 300, "train", 1)[20]
        return sum(pair.source.count(",") for pair in pairs) / len(pairs)

    assert commas(range(18, 21)) == pytest.approx(commas(range(20, 28)), abs=0.2)


def test_kinds_of_words_are_about_as_frequent_at_every_length() -> None:
    nouns = {form for n in (*ANIMATE, *THINGS, *TOOLS) for form in (n.one, n.many)}
    shares = []
    for pairs in sample((8, 14, 20), 300, "test", 4).values():
        words = [word for pair in pairs for word in pair.source]
        shares.append(sum(word in nouns for word in words) / len(words))
    assert max(shares) - min(shares) < 0.06
