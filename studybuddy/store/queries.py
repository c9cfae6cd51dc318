"""The statements of `Reads`."""

from __future__ import annotations

from studybuddy.store.schema import LEARNER, SM2

_COLUMNS = """
SELECT card.key, page.deck, page.topic, page.page, lib.kind, lib.position, lib.seconds, lib.marks,
       lib.core, state.due, state.last, state.drilling, coalesce(state.reviews, 0),
       coalesce(state.lapses, 0), coalesce(state.ease, 2500), coalesce(state.interval, 0),
       state.last_grade, coalesce(state.repetition, 0), state.first, state.reviewed,
       coalesce(state.suspended, 0), state.buried_on, coalesce(state.flagged, 0)
"""
_MINE = f"state.learner = {LEARNER} AND state.scheduler = {SM2}"
_FROM_STATE = f"""{_COLUMNS}
FROM card_state AS state
CROSS JOIN library_card AS lib ON lib.card = state.card
CROSS JOIN library_page AS page ON page.id = lib.page
CROSS JOIN card ON card.id = lib.card
WHERE {_MINE}
"""
_FROM_LIBRARY = f"""{_COLUMNS}
FROM library_page AS page
CROSS JOIN library_card AS lib ON lib.page = page.id
CROSS JOIN card ON card.id = lib.card
LEFT JOIN card_state AS state ON state.card = lib.card AND {_MINE}
"""
_AWAKE = """
AND coalesce(state.suspended, 0) = 0
AND (state.buried_on IS NULL OR state.buried_on <> :day)
"""
_READ = f"""EXISTS (SELECT 1 FROM latest
  WHERE latest.learner = {LEARNER} AND latest.kind = 'reading' AND latest.key = page.page
  AND latest.value NOT IN ('false', 'null'))
"""

DUE = f"{_FROM_STATE} AND state.due <= :day {_AWAKE} ORDER BY state.due, state.card LIMIT :limit"
DUE_COUNT = f"""
SELECT count(*) FROM card_state AS state CROSS JOIN library_card AS lib ON lib.card = state.card
WHERE {_MINE} AND state.due <= :day {_AWAKE}
"""
DONE = f"{_FROM_STATE} AND state.reviewed = :day ORDER BY state.card"
DRILLING = f"{_FROM_STATE} AND state.drilling = :day {_AWAKE} ORDER BY state.card"
UNSEEN = f"""{_FROM_LIBRARY}
WHERE page.unseen > 0 AND (page.has_prose = 0 OR {_READ}) AND state.due IS NULL {_AWAKE}
ORDER BY page.place, lib.page, lib.position LIMIT :limit
"""
WAITING = f"""
SELECT coalesce(sum(unseen), 0) FROM library_page AS page
WHERE unseen > 0 AND has_prose = 1 AND NOT {_READ}
"""
INTRODUCED = f"SELECT count(*) FROM card_state WHERE learner = {LEARNER} AND first = :day"
PENDING = f"""
SELECT card.key, state.pending FROM card_state AS state JOIN card ON card.id = state.card
WHERE {_MINE} AND state.pending IS NOT NULL ORDER BY state.pending
"""
CARDS = f"""{_FROM_LIBRARY}
WHERE (:deck IS NULL OR page.deck = :deck) AND (:topic IS NULL OR page.topic = :topic)
ORDER BY page.place, lib.page, lib.position
"""
CARD = f"""{_COLUMNS}
FROM card CROSS JOIN library_card AS lib ON lib.card = coalesce(card.same_as, card.id)
CROSS JOIN library_page AS page ON page.id = lib.page
LEFT JOIN card_state AS state ON state.card = lib.card AND {_MINE}
WHERE card.key = :card
"""
TEXT = """
SELECT now.key, page.deck, page.topic, page.page, lib.position, lib.kind, lib.core, lib.marks,
       lib.seconds, text.language, file.path, text.offset, text.length, text.line, text.digest
FROM card
CROSS JOIN library_card AS lib ON lib.card = coalesce(card.same_as, card.id)
CROSS JOIN library_page AS page ON page.id = lib.page
CROSS JOIN card AS now ON now.id = lib.card
CROSS JOIN library_text AS text ON text.card = lib.card
CROSS JOIN library_file AS file ON file.id = text.file
WHERE card.key = :card ORDER BY text.language <> :language, text.language LIMIT 1
"""
PAGE_TEXT = """
SELECT page.page, page.deck, page.topic, text.language, text.position, text.title, file.path,
       text.offset, text.length, text.line, text.has_prose, text.digest
FROM library_page AS page
CROSS JOIN library_page_text AS text ON text.page = page.id
CROSS JOIN library_file AS file ON file.id = text.file
WHERE page.page = :page ORDER BY text.language <> :language, text.language LIMIT 1
"""
PAGE_CARDS = """
SELECT card.key FROM library_page AS page
CROSS JOIN library_card AS lib ON lib.page = page.id CROSS JOIN card ON card.id = lib.card
WHERE page.page = :page ORDER BY lib.position
"""
DECKS = "SELECT deck, titles, formats, folder, bundled FROM library_deck ORDER BY position"
TOPICS = """
SELECT topic.deck, topic.topic, topic.language, topic.title, topic.position, topic.weight
FROM library_topic AS topic JOIN library_deck AS deck ON deck.deck = topic.deck
WHERE topic.language = (SELECT other.language FROM library_topic AS other
  WHERE other.deck = topic.deck AND other.topic = topic.topic
  ORDER BY other.language <> :language, other.language LIMIT 1)
ORDER BY deck.position, topic.position
"""
PAGES = f"""
SELECT page.page, page.deck, page.topic,
       (SELECT text.title FROM library_page_text AS text WHERE text.page = page.id
        ORDER BY text.language <> :language, text.language LIMIT 1),
       page.place % 1000000, page.has_prose, {_READ}, page.unseen
FROM library_page AS page ORDER BY page.place
"""
LATEST = f"SELECT key, value FROM latest WHERE learner = {LEARNER} AND kind = :kind"
DAYS = f"""
SELECT day, answers, reviews, milliseconds FROM day_total
WHERE learner = {LEARNER} AND (answers > 0 OR milliseconds > 0) ORDER BY day DESC LIMIT :limit
"""
RECORD = f"""
SELECT state.repetition, state.interval, state.ease, state.due, state.last, state.lapses,
       state.suspended, state.buried_on, state.flagged, state.pending, state.attempts,
       state.reviews, state.drilling, state.last_grade, state.high_water, state.first,
       state.reviewed
FROM card JOIN card_state AS state ON state.card = coalesce(card.same_as, card.id)
WHERE card.key = :card AND {_MINE}
"""
STAMPS = "SELECT path, size, mtime_ns FROM library_file WHERE stamped = 1 ORDER BY path"
COUNTS = f"""
SELECT (SELECT count(*) FROM library_card), (SELECT coalesce(sum(unseen), 0) FROM library_page),
       coalesce(sum(state.suspended), 0), coalesce(sum(state.flagged), 0)
FROM card_state AS state JOIN library_card AS lib ON lib.card = state.card WHERE {_MINE}
"""
