"""What is imported when: nothing heavy before Today is painted, torch only for a run."""

from __future__ import annotations

import json
import os
import subprocess
import sys

DRIVER = """
import asyncio, json, sys
from studybuddy.app.app import StudyBuddyApp
from studybuddy.cli.context import Context
from studybuddy.study.queue import Filters

HEAVY = ("torch", "sqlalchemy", "sqlmodel", "alembic", "numpy", "safetensors")
found = {}

def note(moment):
    found[moment] = [name for name in HEAVY if name in sys.modules]

class Watched(StudyBuddyApp):
    def open_store(self):
        # Called after the first refresh: Today stands on the screen.
        strips = self.screen._compositor.render_strips()
        found["screen"] = "\\n".join("".join(part.text for part in strip) for strip in strips)
        note("painted")
        return super().open_store()

async def main():
    app = Watched(Context(), opening="today", filters=Filters(kinds=("experiment",)))
    async with app.run_test(size=(80, 24)) as pilot:
        async def until(holds):
            for _ in range(4000):
                if holds():
                    return
                await pilot.pause(0.01)
            raise SystemExit("never came")
        await until(app.opened.is_set)
        await until(lambda: app.today is not None and app.today.to_do)
        note("opened")
        await pilot.press("enter")
        stage = lambda: app.screen.session.current.stage.value
        await until(lambda: hasattr(app.screen, "session"))
        await pilot.press("7", "enter")
        await pilot.pause()
        note("predicted")
        await pilot.press("enter")
        await until(lambda: stage() == "verdict")
        note("run")

asyncio.run(main())
print(json.dumps(found))
"""


def test_nothing_heavy_is_imported_before_it_is_needed(study) -> None:
    study.reviewed(("experiment", 4), days_ago=1)
    surroundings = {"PATH": os.environ.get("PATH", ""), "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, "-c", DRIVER],
        env={**surroundings, **study.environment("en", "2026-09-01T08:00:00+08:00")},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert "cards today" in found["screen"]
    assert found["painted"] == []
    assert "sqlalchemy" in found["opened"]
    assert "torch" not in found["opened"]
    assert "torch" not in found["predicted"]
    assert {"torch", "safetensors"} <= set(found["run"])
