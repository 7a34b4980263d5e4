"""A thousand texts to be written on a real network: real ones where they lie beside the checkout."""

import gzip
import random
from itertools import islice
from pathlib import Path

from vigie.model import Post
from vigie.world import generate

DAY = 86_400_000
START = 20_000 * DAY


def texts(count: int, data: Path | None) -> list[str]:
    """Texts of people, at most 290 characters each, the same ones each time."""
    if data is not None:
        found = []
        for name in ("fr_sentiment", "en_irony", "en_offensive"):
            with gzip.open(data / f"text/{name}.tsv.gz", "rt", encoding="utf-8") as file:
                found += [line.rstrip("\n").split("\t")[2][:290] for line in islice(file, count)]
        random.Random(7).shuffle(found)
        return [text for text in found if text.strip()][:count]
    lines = generate(lambda name: random.Random(f"7:{name}"), START, START + 14 * DAY)
    return list(islice((line.event.text[:290] for line in lines if isinstance(line.event, Post)), count))
