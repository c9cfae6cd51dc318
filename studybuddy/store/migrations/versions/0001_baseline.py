"""The first tables.

Written out, not derived from `store.tables`: a migration must stay what it was
when the tables have gone on. A test holds that both give the same schema.
"""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None

STATEMENTS = (
    """CREATE TABLE card (
        id INTEGER NOT NULL,
        "key" TEXT NOT NULL,
        same_as INTEGER,
        PRIMARY KEY (id),
        UNIQUE ("key"),
        FOREIGN KEY(same_as) REFERENCES card (id)
    ) STRICT""",
    """CREATE INDEX card_same_as ON card (same_as) WHERE same_as IS NOT NULL""",
    """CREATE TABLE card_state (
        learner INTEGER NOT NULL,
        card INTEGER NOT NULL,
        scheduler INTEGER NOT NULL,
        repetition INTEGER NOT NULL,
        interval INTEGER NOT NULL,
        ease INTEGER NOT NULL,
        due INTEGER,
        last INTEGER,
        lapses INTEGER NOT NULL,
        suspended INTEGER NOT NULL,
        buried_on INTEGER,
        flagged INTEGER NOT NULL,
        pending BLOB,
        attempts INTEGER NOT NULL,
        reviews INTEGER NOT NULL,
        drilling INTEGER,
        last_grade INTEGER,
        first INTEGER,
        reviewed INTEGER,
        fold_version INTEGER NOT NULL,
        high_water BLOB NOT NULL,
        PRIMARY KEY (learner, card, scheduler)
    ) WITHOUT ROWID, STRICT""",
    """CREATE INDEX card_state_drilling ON card_state (drilling) WHERE drilling IS NOT NULL""",
    """CREATE INDEX card_state_due ON card_state (learner, scheduler, due)""",
    """CREATE INDEX card_state_first ON card_state (learner, first) WHERE first IS NOT NULL""",
    """CREATE INDEX card_state_pending ON card_state (learner) WHERE pending IS NOT NULL""",
    """CREATE INDEX card_state_reviewed ON card_state (learner, reviewed) WHERE reviewed IS NOT NULL""",
    """CREATE TABLE content (
        id INTEGER NOT NULL,
        "key" BLOB NOT NULL,
        PRIMARY KEY (id),
        UNIQUE ("key")
    ) STRICT""",
    """CREATE TABLE day_total (
        learner INTEGER NOT NULL,
        day INTEGER NOT NULL,
        answers INTEGER NOT NULL,
        reviews INTEGER NOT NULL,
        milliseconds INTEGER NOT NULL,
        PRIMARY KEY (learner, day)
    ) WITHOUT ROWID, STRICT""",
    """CREATE TABLE device (
        id INTEGER NOT NULL,
        "key" TEXT NOT NULL,
        newest BLOB,
        PRIMARY KEY (id),
        UNIQUE ("key")
    ) STRICT""",
    """CREATE TABLE kind (
        id INTEGER NOT NULL,
        name TEXT NOT NULL,
        PRIMARY KEY (id),
        UNIQUE (name)
    ) STRICT""",
    """CREATE TABLE latest (
        learner INTEGER NOT NULL,
        kind TEXT NOT NULL,
        "key" TEXT NOT NULL,
        value TEXT NOT NULL,
        instant INTEGER NOT NULL,
        "row" BLOB NOT NULL,
        PRIMARY KEY (learner, kind, "key")
    ) WITHOUT ROWID, STRICT""",
    """CREATE TABLE learner (
        id INTEGER NOT NULL,
        "key" TEXT NOT NULL,
        PRIMARY KEY (id),
        UNIQUE ("key")
    ) STRICT""",
    """CREATE TABLE library_card (
        card INTEGER NOT NULL,
        page INTEGER NOT NULL,
        position INTEGER NOT NULL,
        kind TEXT NOT NULL,
        core INTEGER NOT NULL,
        marks REAL NOT NULL,
        seconds INTEGER NOT NULL,
        PRIMARY KEY (card)
    ) STRICT""",
    """CREATE INDEX library_card_page ON library_card (page, position)""",
    """CREATE TABLE library_deck (
        deck TEXT NOT NULL,
        position INTEGER NOT NULL,
        titles TEXT NOT NULL,
        formats TEXT NOT NULL,
        folder TEXT NOT NULL,
        bundled INTEGER NOT NULL,
        PRIMARY KEY (deck)
    ) WITHOUT ROWID, STRICT""",
    """CREATE TABLE library_file (
        id INTEGER NOT NULL,
        path TEXT NOT NULL,
        size INTEGER NOT NULL,
        mtime_ns INTEGER NOT NULL,
        stamped INTEGER NOT NULL,
        PRIMARY KEY (id),
        UNIQUE (path)
    ) STRICT""",
    """CREATE TABLE library_page (
        id INTEGER NOT NULL,
        page TEXT NOT NULL,
        deck TEXT NOT NULL,
        topic TEXT NOT NULL,
        place INTEGER NOT NULL,
        has_prose INTEGER NOT NULL,
        unseen INTEGER NOT NULL,
        PRIMARY KEY (id),
        UNIQUE (page)
    ) STRICT""",
    """CREATE INDEX library_page_place ON library_page (place)""",
    """CREATE TABLE library_page_text (
        page INTEGER NOT NULL,
        language TEXT NOT NULL,
        position INTEGER NOT NULL,
        title TEXT NOT NULL,
        file INTEGER NOT NULL,
        "offset" INTEGER NOT NULL,
        length INTEGER NOT NULL,
        line INTEGER NOT NULL,
        has_prose INTEGER NOT NULL,
        digest BLOB NOT NULL,
        PRIMARY KEY (page, language)
    ) WITHOUT ROWID, STRICT""",
    """CREATE TABLE library_text (
        card INTEGER NOT NULL,
        language TEXT NOT NULL,
        file INTEGER NOT NULL,
        "offset" INTEGER NOT NULL,
        length INTEGER NOT NULL,
        line INTEGER NOT NULL,
        digest BLOB NOT NULL,
        PRIMARY KEY (card, language)
    ) WITHOUT ROWID, STRICT""",
    """CREATE TABLE library_topic (
        deck TEXT NOT NULL,
        topic TEXT NOT NULL,
        language TEXT NOT NULL,
        title TEXT NOT NULL,
        position INTEGER NOT NULL,
        weight REAL NOT NULL,
        PRIMARY KEY (deck, topic, language)
    ) WITHOUT ROWID, STRICT""",
    """CREATE TABLE sitting (
        id INTEGER NOT NULL,
        "key" BLOB NOT NULL,
        PRIMARY KEY (id),
        UNIQUE ("key")
    ) STRICT""",
    """CREATE TABLE log (
        id BLOB NOT NULL,
        learner INTEGER NOT NULL,
        device INTEGER NOT NULL,
        instant INTEGER NOT NULL,
        zone INTEGER NOT NULL,
        day INTEGER NOT NULL,
        kind INTEGER NOT NULL,
        card INTEGER,
        ref BLOB,
        grade INTEGER,
        suggested INTEGER,
        score INTEGER,
        response INTEGER,
        language TEXT,
        level INTEGER,
        hints INTEGER,
        confidence INTEGER,
        seed INTEGER,
        sitting INTEGER,
        paper BLOB,
        content INTEGER,
        extra TEXT,
        version INTEGER NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT log_id CHECK (length(id) = 16),
        CONSTRAINT log_ref CHECK (ref IS NULL OR length(ref) = 16),
        CONSTRAINT log_grade CHECK (grade BETWEEN 0 AND 5),
        CONSTRAINT log_suggested CHECK (suggested BETWEEN 0 AND 5),
        CONSTRAINT log_score CHECK (score BETWEEN 0 AND 1000),
        CONSTRAINT log_confidence CHECK (confidence BETWEEN 0 AND 100),
        CONSTRAINT log_response CHECK (response BETWEEN 0 AND 600000),
        FOREIGN KEY(learner) REFERENCES learner (id),
        FOREIGN KEY(device) REFERENCES device (id),
        FOREIGN KEY(kind) REFERENCES kind (id),
        FOREIGN KEY(card) REFERENCES card (id),
        FOREIGN KEY(sitting) REFERENCES sitting (id),
        FOREIGN KEY(content) REFERENCES content (id)
    ) WITHOUT ROWID, STRICT""",
    """CREATE INDEX log_card ON log (card, learner) WHERE card IS NOT NULL""",
)


def upgrade() -> None:
    """Create everything."""
    for statement in STATEMENTS:
        op.execute(statement)
