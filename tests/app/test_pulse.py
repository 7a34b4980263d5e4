from pathlib import Path

from vigie.app.pulse import SIZE, PulseFile, pulses
from vigie.flows.ports.pulse import Pulse


def test_a_pulse_is_read_back(tmp_path: Path) -> None:
    PulseFile(tmp_path / "run", "listen").beat(Pulse("listen", 5, 7, "disk-full", "x"))
    assert pulses(tmp_path / "run") == [Pulse("listen", 5, 7, "disk-full", "x")]


def test_a_shorter_pulse_leaves_nothing_of_the_longer_one(tmp_path: Path) -> None:
    file = PulseFile(tmp_path / "run", "work")
    file.beat(Pulse("work", 1, 1, "failed", "a long detail"))
    file.beat(Pulse("work", 2))
    assert pulses(tmp_path / "run") == [Pulse("work", 2)]


def test_the_file_never_grows(tmp_path: Path) -> None:
    file = PulseFile(tmp_path / "run", "web")
    file.beat(Pulse("web", 1, 1, "x", "y" * SIZE))
    assert (tmp_path / "run" / "web.pulse").stat().st_size == SIZE


def test_an_unreadable_pulse_is_left_out(tmp_path: Path) -> None:
    PulseFile(tmp_path / "run", "web")
    assert pulses(tmp_path / "run") == []
    assert pulses(tmp_path / "nowhere") == []
