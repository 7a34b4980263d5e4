"""What keeps Vigie from listening is said on every page."""

from pathlib import Path

import pytest

from vigie.flows.ports.pulse import STALE, Pulse
from web.served import MovableClock, serving


@pytest.mark.parametrize(
    ("pulse", "words"),
    [
        (Pulse("listen", 1, 1, "disk-full", "no space"), "Le disque est plein"),
        (Pulse("work", 1, 1, "disk-full", "no space"), "Le disque est plein"),
        (Pulse("listen"), "Vigie n’écoute plus"),
    ],
)
def test_a_trouble_is_a_band(tmp_path: Path, pulse: Pulse, words: str) -> None:
    with serving(tmp_path / "home", pulses=lambda: [pulse]) as site:
        assert words in site.log_in().get("/").text


def test_a_role_that_falls_silent_is_told(tmp_path: Path) -> None:
    clock = MovableClock()
    beat = Pulse("listen", clock.now - STALE + 1, 7)
    with serving(tmp_path / "home", clock=clock, pulses=lambda: [beat]) as site:
        client = site.log_in()
        assert "Vigie n’écoute plus" not in client.get("/").text
        clock.forward(10)
        assert "Vigie n’écoute plus" in client.get("/").text
