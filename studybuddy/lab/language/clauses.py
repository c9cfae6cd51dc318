"""Clauses: English keeps time, place and instrument after the verb, Chinese before it.

English   subject  verb  object  (with tool)  (place)  (time)
Chinese   subject  (time)  (how often)  (not, will)  (place)  (tool)  (receiver)  verb  object
"""

from __future__ import annotations

from dataclasses import dataclass, field

from studybuddy.lab.language import lexicon
from studybuddy.lab.language.derivation import Draw, Phrase, Word, one_to_one
from studybuddy.lab.language.lexicon import Adjective, Verb
from studybuddy.lab.language.nouns import (
    coordinated,
    noun_phrase,
    objects_of,
    place,
    pronoun,
    verb_form,
)


@dataclass(slots=True)
class _Verbal:
    """A verb with all that goes before it, and the tense that a time must agree with."""

    tense: str
    before_en: list[Word] = field(default_factory=list)
    before_zh: list[Word] = field(default_factory=list)
    manner: list[Word] = field(default_factory=list)
    verb: Phrase = field(default_factory=Phrase)


def subject(draw: Draw) -> Phrase:
    """Who acts: a pronoun, a noun phrase, or several joined."""
    if draw.chance(0.3):
        return pronoun(draw, lexicon.SUBJECTS)
    if draw.wants(3, 0.2):
        return coordinated(draw, lexicon.ANIMATE)
    return noun_phrase(draw, lexicon.ANIMATE, relative=True)


def clause(draw: Draw, *, timed: bool = True) -> Phrase:
    """A statement without a full stop. With `timed` it may end in a time."""
    kind = draw.below(12)
    if kind < 2:
        return _being(draw)
    if kind == 2 and draw.wants(4):
        return _comparing(draw)
    if kind == 3 and draw.wants(3):
        return _there_is(draw)
    if kind < 6 and draw.wants(3):
        return _saying(draw)
    return _acting(draw, timed)


def _verbal(draw: Draw, verb: Verb, third: bool) -> _Verbal:
    """Tense, negation, modal, frequency and manner around a verb."""
    if draw.wants(2, 0.35):
        past = draw.chance(0.5)
        link = (draw.link(),)
        auxiliary = "did" if past else "does" if third else "do"
        word = "没有" if past and not verb.state else "不"
        verbal = _Verbal("past" if past else "present")
        verbal.before_en = [Word(auxiliary, link), Word("not", link)]
        verbal.before_zh = [Word(word, link)]
        verbal.verb = one_to_one(draw, verb.base, verb.zh, content=True)
    elif draw.wants(1, 0.4):
        en, zh = draw.pick(lexicon.MODALS)
        modal = one_to_one(draw, en, zh)
        verbal = _Verbal("modal", modal.en, modal.zh)
        if draw.wants(1, 0.3):
            negation = one_to_one(draw, "not", "不")
            verbal.before_en = modal.en + negation.en
            verbal.before_zh = negation.zh + modal.zh
        verbal.verb = one_to_one(draw, verb.base, verb.zh, content=True)
    else:
        past = draw.chance(0.5)
        verbal = _Verbal("past" if past else "present")
        verbal.verb = verb_form(draw, verb, past, third)
        if draw.wants(1, 0.3):
            frequency = one_to_one(draw, *draw.pick(lexicon.FREQUENCIES), content=True)
            verbal.before_en, verbal.before_zh = frequency.en, frequency.zh
            verbal.verb.zh = verbal.verb.zh[:1]
            return verbal
    if not verb.state and draw.wants(1, 0.3):
        manner = one_to_one(draw, *draw.pick(lexicon.MANNERS), content=True)
        verbal.before_en = verbal.before_en + manner.en
        verbal.manner = manner.zh
    return verbal


def _acting(draw: Draw, timed: bool) -> Phrase:
    """Somebody does something: intransitive, transitive, or giving to someone."""
    who = subject(draw)
    kind = draw.below(10)
    goal, receiver, tool = Phrase(), Phrase(), Phrase()
    if kind < 2 and draw.wants(5):
        verb = draw.pick(lexicon.GIVING)
        goal = noun_phrase(draw, lexicon.THINGS, relative=True)
        whom = noun_phrase(draw, lexicon.ANIMATE)
        to = one_to_one(draw, "to", "给")
        receiver = Phrase(to.en + whom.en, to.zh + whom.zh)
    elif kind < 8 and draw.wants(2):
        verbs, objects = objects_of(draw)
        verb = draw.pick(verbs)
        if objects is lexicon.ANIMATE and draw.chance(0.25):
            goal = pronoun(draw, lexicon.OBJECTS)
        elif draw.wants(3, 0.2):
            goal = coordinated(draw, objects)
        else:
            goal = noun_phrase(draw, objects, relative=True)
        if not verb.state and draw.wants(3, 0.2):
            link = one_to_one(draw, "with", "用")
            means = noun_phrase(draw, lexicon.TOOLS)
            tool = Phrase(link.en + means.en, link.zh + means.zh)
    else:
        verb = draw.pick(lexicon.INTRANSITIVE)
    verbal = _verbal(draw, verb, who.third)
    where = place(draw) if not verb.state and draw.wants(3, 0.6) else Phrase()
    when = _time(draw, verbal.tense) if timed and draw.wants(2, 0.4) else Phrase()
    act = verbal.verb
    return Phrase(
        who.en + verbal.before_en + act.en + goal.en + receiver.en + tool.en + where.en + when.en,
        who.zh
        + when.zh
        + verbal.before_zh
        + where.zh
        + tool.zh
        + receiver.zh
        + verbal.manner
        + act.zh
        + goal.zh,
    )


def _time(draw: Draw, tense: str) -> Phrase:
    """A time that agrees with the tense: "last week" is the one word 上周."""
    time = draw.pick([time for time in lexicon.TIMES if tense in time.tenses])
    link = (draw.link(),)
    return Phrase([Word(word, link) for word in time.en], [Word(time.zh, link, (), True)])


def _is(who: Phrase, past: bool) -> str:
    if past:
        return "was" if who.third or who.en[0].text == "I" else "were"
    return "am" if who.en[0].text == "I" else "is" if who.third else "are"


def _adjective(draw: Draw, *, comparable: bool = False) -> Adjective:
    options = lexicon.OF_PEOPLE + lexicon.OF_ANYTHING
    return draw.pick([a for a in options if a.comparative] if comparable else options)


def _being(draw: Draw) -> Phrase:
    """ "is big" is 很 大, "is very big" 非常 大, "is not big" 不 大; Chinese has no tense here."""
    who = subject(draw)
    link = (draw.link(),)
    verb = _is(who, draw.chance(0.4))
    adjective = _adjective(draw)
    quality = one_to_one(draw, adjective.en, adjective.zh, content=True)
    if draw.wants(1, 0.5):
        en, zh = draw.pick((("very", "非常"), ("not", "不")))
        en_words, zh_words = [Word(verb, (), link), Word(en, link)], [Word(zh, link)]
    else:
        en_words, zh_words = [Word(verb, link)], [Word("很", link)]
    return Phrase(who.en + en_words + quality.en, who.zh + zh_words + quality.zh)


def _comparing(draw: Draw) -> Phrase:
    """ "is taller than the boy" is 比 男孩 高: the quality moves to the end."""
    who = subject(draw)
    adjective = _adjective(draw, comparable=True)
    quality = one_to_one(draw, adjective.comparative, adjective.zh, content=True)
    than = one_to_one(draw, "than", "比")
    other = noun_phrase(draw, lexicon.ANIMATE, relative=True)
    verb = Word(_is(who, draw.chance(0.3)), (), quality.en[0].sure)
    return Phrase(
        [*who.en, verb, *quality.en, *than.en, *other.en],
        who.zh + than.zh + other.zh + quality.zh,
    )


def _there_is(draw: Draw) -> Phrase:
    """ "there is a dog in the garden" is 花园 里 有 一 只 狗: the place comes first, without 在."""
    link = (draw.link(),)
    what = noun_phrase(draw, lexicon.ANIMATE + lexicon.THINGS, relative=True)
    where = place(draw)
    verb = "is" if what.third else "are"
    return Phrase(
        [Word("there", link), Word(verb, link), *what.en, *where.en],
        [*where.zh[1:], Word("有", link), *what.zh],
    )


def _saying(draw: Draw) -> Phrase:
    """ "says that" and a clause, in the same order in both languages."""
    who = subject(draw)
    said = verb_form(draw, draw.pick(lexicon.SAYING), draw.chance(0.5), who.third)
    what = _acting(draw, True) if draw.chance(0.75) else _being(draw)
    that = Word("that", (), said.en[0].sure)
    return Phrase([*who.en, *said.en, that, *what.en], who.zh + said.zh + what.zh)


def question(draw: Draw) -> Phrase:
    """A question: English moves its word to the front, Chinese leaves it where the answer stands."""
    kind = draw.below(4)
    if kind == 0:
        verbs, objects = objects_of(draw)
        who = one_to_one(draw, "who", "谁", content=True)
        act = verb_form(draw, draw.pick(verbs), draw.chance(0.5), True)
        what = noun_phrase(draw, objects, relative=True)
        return Phrase(who.en + act.en + what.en, who.zh + act.zh + what.zh)
    actor = subject(draw)
    past = draw.chance(0.5)
    link = (draw.link(),)
    verb = draw.pick(lexicon.INTRANSITIVE if kind == 1 else lexicon.WITH_THINGS)
    bare = one_to_one(draw, verb.base, verb.zh, content=True)
    auxiliary = Word("did" if past else "does" if actor.third else "do", link)
    done = [Word("了", link)] if past else []
    if kind == 1:
        where = (draw.link(),)
        return Phrase(
            [Word("where", where), auxiliary, *actor.en, *bare.en],
            [*actor.zh, Word("在", where), Word("哪里", where, (), True), *bare.zh, *done],
        )
    if kind == 2:
        what = one_to_one(draw, "what", "什么", content=True)
        return Phrase(
            [*what.en, auxiliary, *actor.en, *bare.en], [*actor.zh, *bare.zh, *done, *what.zh]
        )
    what = noun_phrase(draw, lexicon.THINGS, relative=True)
    return Phrase(
        [auxiliary, *actor.en, *bare.en, *what.en],
        [*actor.zh, *bare.zh, *done, *what.zh, Word("吗", link)],
    )
