"""The Jetstream of the tests says what production Jetstream said of the same frames."""

import json
from pathlib import Path
from typing import Any

import zstandard

from counterparts.frames import events, recorded


def frames(data: Path) -> list[bytes]:
    packed = (data / "bluesky" / "frames.bin.zst").read_bytes()
    return list(recorded(zstandard.ZstdDecompressor().decompress(packed, max_output_size=100_000_000)))


def untimed(event: dict[str, Any]) -> str:
    """When Jetstream saw it is Jetstream's own business."""
    return json.dumps({key: value for key, value in event.items() if key != "time_us"}, sort_keys=True)


def test_150_recorded_frames_become_the_recorded_events(evaluation_data: Path) -> None:
    said = [untimed(event) for frame in frames(evaluation_data) for event in events(frame)]
    lines = (evaluation_data / "bluesky" / "expected_v1.jsonl").read_text("utf-8").splitlines()
    assert len(frames(evaluation_data)) == 150
    assert sorted(said) == sorted(untimed(json.loads(line)) for line in lines)
