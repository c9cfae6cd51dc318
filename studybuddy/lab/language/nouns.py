"""Noun phrases: determiner, adjectives, noun and relative clause.

English puts a relative clause after the noun, Chinese before it, closed by 的:
"the dog that saw the cat" is 看见 了 猫 的 狗.
"""

from __future__ import annotations

from collections.abc import Sequence

from studybuddy.lab.language import lexicon
from studybuddy.lab.language.derivation import Draw, Phrase, Word, one_to_one
from studybuddy.lab.language.lexicon import Adjective, Noun, Verb

_THING_NOUNS = frozenset(lexicon.THINGS) | frozenset(lexicon.TOOLS)


def pronoun(draw: Draw, forms: Sequence[tuple[str, str]]) -> Phrase:
    """A personal pronoun."""
    en, zh = draw.pick(forms)
    phrase = one_to_one(draw, en, zh, content=True)
    phrase.third = en in ("he", "she")
    return phrase


def adjectives_for(noun: Noun) -> tuple[Adjective, ...]:
    """The adjectives that can stand before this noun."""
    own = lexicon.OF_THINGS if noun in _THING_NOUNS else lexicon.OF_PEOPLE
    return own + lexicon.OF_ANYTHING


def noun_phrase(
    draw: Draw, nouns: Sequence[Noun], *, relative: bool = False, nested: bool = False
) -> Phrase:
    """A noun phrase; with `relative` it may carry a relative clause, `nested` marks one inside."""
    noun = draw.pick(nouns)
    many = draw.chance(0.35)
    link = draw.link()
    phrase = Phrase(third=not many)
    adjectives: list[Phrase] = []
    while len(adjectives) < 2 and draw.wants(1, 0.5):
        adjective = draw.pick(adjectives_for(noun))
        if any(adjective.en == earlier.en[0].text for earlier in adjectives):
            continue
        modifier = one_to_one(draw, adjective.en, adjective.zh, content=True)
        modifier.zh.append(Word("的", (), (*modifier.en[0].sure, link)))
        adjectives.append(modifier)
    following = adjectives[0].en[0].text if adjectives else noun.many if many else noun.one
    _determine(draw, phrase, noun, many, link, following)
    english_clause: list[Word] = []
    if relative and draw.wants(4, 0.45):
        clause = _relative_clause(draw, noun, many, link, nested)
        english_clause = clause.en
        phrase.zh += clause.zh
    for modifier in adjectives:
        phrase.en += modifier.en
        phrase.zh += modifier.zh
    phrase.en.append(Word(noun.many if many else noun.one, (link,), (), True))
    phrase.zh.append(Word(noun.zh, (link,), (), True))
    phrase.en += english_clause
    return phrase


def _determine(
    draw: Draw, phrase: Phrase, noun: Noun, many: bool, noun_link: int, following: str
) -> None:
    """Put the determiner; a counted Chinese noun needs its classifier, which the noun chooses."""
    link = (draw.link(),)
    near = (noun_link,)
    kind = draw.below(8)
    if kind < 3:
        phrase.en.append(Word("the", (), near))
        return
    if kind == 3:
        en, owner = draw.pick(lexicon.OWNERS)
        phrase.en.append(Word(en, link))
        phrase.zh += [Word(owner, link, (), True), Word("的", link, near)]
        return
    if many:
        if kind == 4:
            en, zh = draw.pick((("these", "这些"), ("some", "一些"), ("many", "很多")))
            phrase.en.append(Word(en, link))
            phrase.zh.append(Word(zh, link))
            return
        en, zh = draw.pick(lexicon.NUMBERS)
    elif kind == 4:
        en, zh = draw.pick((("this", "这"), ("every", "每")))
    else:
        en, zh = ("an" if following[0] in "aeiou" else "a"), "一"
    phrase.en.append(Word(en, link))
    phrase.zh += [Word(zh, link), Word(noun.classifier, near, link)]


def _relative_clause(draw: Draw, noun: Noun, many: bool, head: int, nested: bool) -> Phrase:
    """ "that" and a clause without its head; the whole clause stands before the Chinese noun.

    An intransitive clause always holds a place, so that a place at the sentence's end can
    only belong to the main clause.
    """
    that = (draw.link(),)
    clause = Phrase([Word("that", that, (head,))])
    past = draw.chance(0.5)
    thing = noun in _THING_NOUNS
    if not thing and draw.chance(0.35):
        verb = verb_form(draw, draw.pick(lexicon.INTRANSITIVE), past, not many)
        where = place(draw)
        clause.en += verb.en + where.en
        clause.zh += where.zh + verb.zh[:1]
    elif not thing and draw.chance(0.55):
        verbs, objects = objects_of(draw)
        verb = verb_form(draw, draw.pick(verbs), past, not many)
        what = noun_phrase(draw, objects, relative=not nested, nested=True)
        clause.en += verb.en + what.en
        clause.zh += verb.zh + what.zh
    else:
        who = (
            pronoun(draw, lexicon.SUBJECTS)
            if draw.chance(0.4)
            else noun_phrase(draw, lexicon.ANIMATE)
        )
        own = lexicon.WITH_THINGS if thing else lexicon.WITH_PEOPLE
        verb = verb_form(draw, draw.pick(lexicon.TRANSITIVE + own), past, who.third)
        clause.en += who.en + verb.en
        clause.zh += who.zh + verb.zh[:1]
    clause.zh.append(Word("的", that, (head,)))
    return clause


def objects_of(draw: Draw) -> tuple[tuple[Verb, ...], tuple[Noun, ...]]:
    """Transitive verbs and the nouns that can be their objects."""
    kind = draw.below(3)
    if kind == 0:
        return lexicon.TRANSITIVE, lexicon.ANIMATE + lexicon.THINGS
    if kind == 1:
        return lexicon.WITH_PEOPLE, lexicon.ANIMATE
    return lexicon.WITH_THINGS, lexicon.THINGS


def verb_form(draw: Draw, verb: Verb, past: bool, third: bool) -> Phrase:
    """The finite verb; a past event takes 了, a past state does not."""
    link = (draw.link(),)
    form = verb.past if past else verb.third if third else verb.base
    phrase = Phrase([Word(form, link, (), True)], [Word(verb.zh, link, (), True)])
    if past and not verb.state:
        phrase.zh.append(Word("了", link))
    return phrase


def place(draw: Draw) -> Phrase:
    """ "in the garden" is 在 花园 里: the preposition is split around the noun."""
    if draw.chance(0.75):
        (noun, zh), (words, after) = draw.pick(lexicon.PLACES), draw.pick(lexicon.PLACE_WORDS)
    else:
        (noun, zh), (words, after) = draw.pick(lexicon.LANDMARKS), draw.pick(lexicon.LANDMARK_WORDS)
    link, head = (draw.link(),), draw.link()
    phrase = Phrase([Word(word, link) for word in words])
    phrase.zh.append(Word("在", link))
    phrase.en.append(Word("the", (), (head,)))
    if draw.wants(1, 0.3):
        adjective = one_to_one(draw, *draw.pick(lexicon.OF_ANYTHING)[:2], content=True)
        phrase.en += adjective.en
        phrase.zh += [*adjective.zh, Word("的", (), (*adjective.en[0].sure, head))]
    phrase.en.append(Word(noun, (head,), (), True))
    phrase.zh += [Word(zh, (head,), (), True), Word(after, link)]
    return phrase


def coordinated(draw: Draw, nouns: Sequence[Noun]) -> Phrase:
    """Two or three noun phrases joined by "and"; none carries a relative clause."""
    phrase = noun_phrase(draw, nouns)
    for _more in range(1 + draw.wants(3, 0.3)):
        joint = one_to_one(draw, "and", "和")
        other = noun_phrase(draw, nouns)
        phrase.en += joint.en + other.en
        phrase.zh += joint.zh + other.zh
    phrase.third = False
    return phrase
