"""What is asked of attention weights that are overruled (E4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from studybuddy.catalogue.predictions import ChoiceQuestion, NumberQuestion, Question
from studybuddy.errors import StudyBuddyError
from studybuddy.lab.language.corpus import seeded
from studybuddy.lab.language.grammar import SentencePair
from studybuddy.lab.language.unseen import Unseen
from studybuddy.lab.tasks.drawing import asked_candidates
from studybuddy.lab.tasks.wording import length_text
from studybuddy.text.translation import Language

SHARE = 10.0
"""Tolerance of a share in percent."""
NATS = 1.0
"""Tolerance of a mean fall of log p."""
_MOST_NATS = 20.0

_PROMPTS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "step": "The network with attention translates “{source}” and is about to write “{word}” (word {place} of “{target}”). At this one step ",
        "word": "all weight is put on “{other}”",
        "uniform": "every source word gets the same weight",
        "shuffled": "its weights are dealt anew to the source words at random",
        "asks word": ". Which word is likeliest now?",
        "asks changed": ". At how many percent of such steps does another word become the likeliest?",
        "asks fall": ". By how much does the log probability of the right word fall on average, in nats? (1 nat: e times less likely; from 90 % to 33 %.)",
        "everywhere": "The network with attention translates “{source}”, but at every step {how}. How many percent of such sentences come out exactly as without?",
        "many": " (Decided by {n} unseen sentences of {lengths} words, one step of each.)",
        "sentences": " (Decided by {n} unseen sentences of {lengths} words.)",
        "gold": "still the right one",
        "other": "the translation of the word that it was made to look at",
        "another": "some other word",
        "percent": "%",
        "nats": "nats",
    },
    "zh": {
        "step": "带注意力的网络翻译“{source}”，正要写出“{word}”（“{target}”的第 {place} 个词）。只在这一步，",
        "word": "把全部权重放到“{other}”上",
        "uniform": "让每个源词的权重相等",
        "shuffled": "把它的权重随机打乱，分给各个源词",
        "asks word": "。这时概率最大的是哪个词？",
        "asks changed": "。有百分之几的这种步骤，概率最大的词会变成别的词？",
        "asks fall": "。正确词的对数概率平均下降多少 nat？（1 nat：概率缩小为 1/e，例如由 90% 降到 33%。）",
        "everywhere": "带注意力的网络翻译“{source}”，但在每一步都{how}。有百分之几的句子，译文与不干预时完全相同？",
        "many": "（以 {n} 个新句子为准，每句 {lengths} 个词，各取一步。）",
        "sentences": "（以 {n} 个新句子为准，每句 {lengths} 个词。）",
        "gold": "仍是正确的词",
        "other": "被迫去看的那个词的译文",
        "another": "另外的词",
        "percent": "%",
        "nats": "nat",
    },
}


class Overruled(NamedTuple):
    """The step that is overruled, the source word it is made to look at, and that word's translation."""

    step: int
    word: int
    translation: str


def overruled(pair: SentencePair, seed: int) -> Overruled | None:
    """A step that writes a content word, and another content word of the source; None without two."""
    candidates = asked_candidates(pair)
    if len(candidates) < 2:
        return None
    random = seeded("forced", seed, " ".join(pair.source))
    step = candidates[int(random.random() * len(candidates))]
    others = [t for t in candidates if t != step]
    other = others[int(random.random() * len(others))]
    return Overruled(step, dict(pair.sure)[other], pair.target[other])


def example(shortest: int, longest: int, seed: int) -> tuple[SentencePair, Overruled]:
    """The sentence that the task shows, and its step."""
    random = seeded("forced sentence", seed)
    length = shortest + int(random.random() * (longest - shortest + 1))
    for pair in Unseen(int(random.random() * 2**52)).each(length):
        chosen = overruled(pair, seed)
        if chosen is not None:
            return pair, chosen
    raise StudyBuddyError(f"no sentence of {length} words with two content words could be drawn")


def make(
    ask: str, parameters: Mapping[str, Any], seed: int, language: Language
) -> tuple[str, Question, dict[str, Any]]:
    """The prompt about one step of one sentence, decided by many."""
    text = _PROMPTS[language]
    shortest, longest = parameters["lengths"]
    pair, chosen = example(shortest, longest, seed)
    source = " ".join(pair.source)
    drawn = {"source": source, "step": chosen.step, "word": chosen.word}
    how = text[parameters.get("how", "word")].format(other=pair.source[chosen.word])
    if ask == "everywhere":
        prompt = text["everywhere"].format(source=source, how=how)
    else:
        prompt = text["step"].format(
            source=source,
            word=pair.target[chosen.step],
            place=chosen.step + 1,
            target=" ".join(pair.target),
        )
        prompt += how + text[f"asks {ask}"]
    prompt += text["sentences" if ask == "everywhere" else "many"].format(
        n=parameters["count"], lengths=length_text(parameters["lengths"], language)
    )
    match ask:
        case "word":
            options = (text["gold"], text["other"], text["another"])
            return prompt, ChoiceQuestion(options), drawn
        case "fall":
            return prompt, NumberQuestion(0, _MOST_NATS, NATS, text["nats"]), drawn
        case _:
            return prompt, NumberQuestion(0, 100, SHARE, text["percent"]), drawn
