"""Reads a stream of events as a browser does."""

import json
from collections.abc import Iterator

import httpx


class Event:
    """One event: its name, the change feed's id and what it carries."""

    def __init__(self, name: str, id: int, data: str) -> None:
        self.name, self.id, self.data = name, id, json.loads(data) if data else None


def events(answer: httpx.Response) -> Iterator[Event]:
    """Events as they come."""
    name, id, data = "message", 0, ""
    for line in answer.iter_lines():
        field, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if field == "event":
            name = value
        elif field == "id":
            id = int(value)
        elif field == "data":
            data += value
        elif not line and name != "message":
            yield Event(name, id, data)
            name, data = "message", ""


def next_of(stream: Iterator[Event], *names: str) -> Event:
    """The next event of these names."""
    return next(event for event in stream if event.name in names)
