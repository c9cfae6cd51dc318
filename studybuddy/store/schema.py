"""Numbers that name the database's format; imported before anything heavy."""

from __future__ import annotations

#: "StBd": a file with another application id is not ours and is refused.
APPLICATION_ID = 0x53744264
#: Mirrored by PRAGMA user_version; one more for each migration.
SCHEMA_VERSION = 1
#: The revision of the newest migration.
HEAD = "0001"
#: SQLite holds one learner.
LEARNER_KEY = "me"
LEARNER = 1
#: Which scheduler a card's state belongs to.
SM2 = 1

#: Kinds whose row says the latest value of a key: `extra` holds {"key", "value"}.
KEYED_KINDS = frozenset({"setting", "exam", "reading", "day_off", "hook", "note"})
