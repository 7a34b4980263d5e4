"""An archive that knows counts alone, as quick as tests over many weeks need it."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from vigie.flows.ports.archive import Bucket, Filter, Step
from vigie.model import Millis

WIDTHS: dict[Step, Millis] = {"10min": 600_000, "hour": 3_600_000, "day": 86_400_000}


class Counted:
    """Made of posts as (the queries that match it, when it was written)."""

    def __init__(
        self, posts: Iterable[tuple[Iterable[str] | str, Millis]], since: Mapping[str, Millis] | None = None
    ) -> None:
        self._since = since or {}
        self._counts: dict[Step, dict[Millis, Counter[str]]] = {step: defaultdict(Counter) for step in WIDTHS}
        for queries, at in posts:
            matched = [queries] if isinstance(queries, str) else [*queries]
            for step, width in WIDTHS.items():
                self._counts[step][at - at % width].update(["", *matched])
        self._starts = {step: sorted(counts) for step, counts in self._counts.items()}

    def volume(self, where: Filter, step: Step) -> list[Bucket]:
        """As the port says, by queries and time alone; several chosen queries are none of these tests' matter."""
        width, starts = WIDTHS[step], self._starts[step]
        first = bisect_left(starts, (where.since or 0) // width * width)
        last = bisect_left(starts, -(-where.until // width) * width) if where.until is not None else len(starts)
        return [
            Bucket(query, start, count)
            for start in starts[first:last]
            for query, count in self._counts[step][start].items()
            if not where.queries or query in where.queries
        ]

    def queries_since(self) -> dict[str, Millis]:
        """As it was said."""
        return dict(self._since)
