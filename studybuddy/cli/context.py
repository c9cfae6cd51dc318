"""What every command stands on: places, clock, language, and the store opened when it is needed.

Nothing heavy is imported here, so that the app paints before SQLAlchemy is there.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from studybuddy.clock import Clock, ticking_from
from studybuddy.config import Settings, settings_from
from studybuddy.errors import USAGE, StudyBuddyError
from studybuddy.locations import Locations, find_locations
from studybuddy.text.translation import (
    Language,
    language_of_environment,
    set_language,
)

if TYPE_CHECKING:
    from studybuddy.decks.library import Library
    from studybuddy.store.reads import Reads
    from studybuddy.store.store import Store


class UsageFault(StudyBuddyError):
    """The command or its surroundings were used wrongly: exit code 2."""

    exit_code = USAGE


class Context:
    """One run of the program.

    `trial` tells that STUDYBUDDY_NOW set the clock; the store then refuses to write to the
    learner's own home. `requested_language` is what --lang said, which goes before the
    setting, which goes before the locale. Raises UsageFault when STUDYBUDDY_NOW is no instant.
    """

    def __init__(
        self,
        environment: Mapping[str, str] | None = None,
        database: str | None = None,
        requested_language: Language | None = None,
    ) -> None:
        environment = os.environ if environment is None else environment
        now = environment.get("STUDYBUDDY_NOW", "").strip()
        self.environment_language: Language = language_of_environment(environment)
        self.requested_language = requested_language
        set_language(requested_language or self.environment_language)
        self.trial = bool(now)
        try:
            self.clock = ticking_from(now) if now else Clock()
        except ValueError as error:
            raise UsageFault(str(error)) from error
        self.locations: Locations = find_locations(environment, database)
        self._store: Store | None = None

    def open_store(self) -> Store:
        """A store of its own for the caller, who closes it; may be called from any thread.

        Raises StudyBuddyError when the database cannot be opened or written.
        """
        from studybuddy.store.store import open_store

        return open_store(self.locations, self.clock, trial=self.trial)

    def open_library(self) -> Library:
        """The learner's decks and the bundled ones; nothing is read yet."""
        from studybuddy.study.library import open_library

        return open_library(self.locations)

    @property
    def store(self) -> Store:
        """The command's one store, its index brought up to date; opened when first asked for."""
        if self._store is None:
            from studybuddy.study.library import refresh

            store = self.open_store()
            try:
                refresh(store, self.open_library())
            except BaseException:
                store.close()
                raise
            self._store = store
        return self._store

    def reads(self) -> Reads:
        """Reads of an up-to-date index, for a command that only tells.

        Without SQLAlchemy where the index is current; otherwise the store is opened and the index
        brought up to date. A trial clock over the learner's own home may look, never write.
        """
        if self._store is None:
            from studybuddy.store.start import open_reads

            found = open_reads(self.locations.database)
            if found is not None:
                only_look = self.trial and not self.locations.own
                if only_look or found.index_is_current(self.open_library().files()):
                    return found
                found.close()
        return self.store.reads

    def settings(self, reads: Reads | None = None) -> Settings:
        """The learner's settings, as the log's newest rows say."""
        return settings_from((reads or self.reads()).latest("setting"))

    def speak(self, settings: Settings | None = None) -> Settings:
        """Speak the language decided by --lang, the setting, the locale, in this order.

        Without settings they are read from the database, when there is one to read.
        """
        if settings is None:
            settings = Settings()
            if self.requested_language is None:
                from studybuddy.store.start import open_reads

                found = open_reads(self.locations.database)
                if found is not None:
                    # A damaged file is told of by the command that needs it.
                    with suppress(StudyBuddyError):
                        settings = settings_from(found.latest("setting"))
                    found.close()
        set_language(self.requested_language or settings.language or self.environment_language)
        return settings

    def card_language(self, settings: Settings) -> Language:
        """The language of cards and titles."""
        return (
            self.requested_language
            or settings.card_language
            or settings.language
            or self.environment_language
        )

    def report_crash(self, error: BaseException) -> Path | None:
        """Write the report of a crash; its path, or None where nothing can be written."""
        from studybuddy.cli.report import write_report

        try:
            return write_report(error, self.locations.state)
        except OSError:
            return None

    def close(self) -> None:
        """Close the command's store."""
        if self._store is not None:
            self._store.close()
            self._store = None
