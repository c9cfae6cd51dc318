"""Every path the program reads or writes, in one place."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_config_path, user_data_path, user_state_path

_PACKAGE = Path(__file__).resolve().parent


def _bundled(name: str) -> Path:
    """A bundled folder: inside the wheel, or at the top of a source checkout."""
    packed = _PACKAGE / "_data" / name
    return packed if packed.is_dir() else _PACKAGE.parent / name


@dataclass(frozen=True, slots=True)
class Locations:
    """Where things lie for this learner.

    `home` is set when STUDYBUDDY_HOME points everything at one folder; then
    `own` is True and a trial clock may write there.
    """

    database: Path
    decks: Path
    models: Path
    device: Path
    state: Path
    own: bool
    bundled_decks: Path
    bundled_models: Path


def find_locations(
    environment: Mapping[str, str] | None = None, database: str | None = None
) -> Locations:
    """The paths for this environment; `database` (the option --db) overrides the file's place."""
    environment = os.environ if environment is None else environment
    home = environment.get("STUDYBUDDY_HOME", "").strip()
    if home:
        root = Path(home).expanduser().absolute()
        data, config, state = root, root, root
    else:
        data = user_data_path("studybuddy", appauthor=False)
        config = user_config_path("studybuddy", appauthor=False)
        state = user_state_path("studybuddy", appauthor=False)
    file = Path(database).expanduser().absolute() if database else data / "studybuddy.db"
    return Locations(
        database=file,
        decks=data / "decks",
        models=data / "models",
        device=config / "device",
        state=state,
        own=bool(home or database),
        bundled_decks=_bundled("decks"),
        bundled_models=_bundled("models"),
    )
