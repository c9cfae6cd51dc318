"""The device's id and the ids of rows."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studybuddy.errors import StudyBuddyError
from studybuddy.store import device
from studybuddy.store.identity import Identifiers, instant_of


def test_a_device_is_made_once_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "config" / "device"
    made = device.device_id(path)
    assert device.device_id(path) == made
    assert len(made) == 32
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in path.parent.iterdir()] == ["device"]


def test_a_copy_on_another_machine_is_another_device(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "device"
    made = device.device_id(path)
    monkeypatch.setattr(device, "host_mark", lambda: "0" * 32)
    elsewhere = device.device_id(path)
    assert elsewhere != made
    assert device.device_id(path) == elsewhere


@pytest.mark.parametrize("content", ["", "nonsense", "f" * 32, "\x00\xff"])
def test_a_damaged_file_is_made_anew(tmp_path: Path, content: str) -> None:
    path = tmp_path / "device"
    path.write_text(content, encoding="utf-8")
    made = device.device_id(path)
    assert device.device_id(path) == made


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StudyBuddyError, match="file"):
        device.device_id(tmp_path / "file" / "device")


@given(st.lists(st.integers(0, 2**48 - 1), min_size=2, max_size=30))
def test_ids_grow_whatever_the_clock_says(instants: list[int]) -> None:
    identifiers = Identifiers()
    ids = [identifiers.make(instant) for instant in instants[:-1]]
    assert ids == sorted(set(ids))
    for each in ids:
        assert len(each) == 16
        assert each[6] >> 4 == 7
        assert each[8] >> 6 == 0b10
    later = Identifiers().make(instants[-1], after=ids[-1])
    assert later > ids[-1]


def test_an_id_carries_its_instant() -> None:
    assert instant_of(Identifiers().make(1_788_220_800_123)) == 1_788_220_800_123
