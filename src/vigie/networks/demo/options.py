"""What a charter may say of a demo source."""

from msgspec import Struct

from vigie.charter.forms import NotThisForm, duration
from vigie.model import Millis, SourceSpec

MINUTE: Millis = 60_000


class Options(Struct, frozen=True):
    """How the demo goes.

    Attributes:
        crisis_after: time from the first start to the promotion that starts the crisis (``2m``); None for ``never``.
        crisis_minutes: how long the outcry takes to its height.
        days: how much history is told first; five weeks, so that every hour has its usual count.
        rate: how busy the town is, in percent; 100 is about 3,000 posts a day.
        seed: another number, another town.
    """

    crisis_after: Millis | None = 2 * MINUTE
    crisis_minutes: int = 8
    days: int = 36
    rate: int = 45
    seed: int = 7


_RANGES = {"crisis_minutes": (1, 600), "days": (0, 60), "rate": (1, 2_000), "seed": (0, 10**9)}


def problems(spec: SourceSpec) -> list[tuple[str, str, str]]:
    """What is wrong with a source: (option, code of `wording` area ``sources``, what was found or is expected)."""
    found = []
    for name, value in sorted(spec.options.items()):
        if name == "crisis_after":
            if _delay(value) is None and value != "never":
                found.append((name, "bad-option", "crisis_after: 2m … 6h, never"))
        elif name not in _RANGES:
            found.append((name, "unknown-option", name))
        else:
            least, most = _RANGES[name]
            if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
                found.append((name, "bad-option", f"{name}: {least} … {most}"))
    return found


def read(spec: SourceSpec) -> Options:
    """The options of a source without problems."""
    numbers = {name: int(str(spec.options[name])) for name in _RANGES if name in spec.options}
    if "crisis_after" not in spec.options:
        return Options(**numbers)
    return Options(crisis_after=_delay(spec.options["crisis_after"]), **numbers)


def _delay(value: object) -> Millis | None:
    try:
        return duration(str(value))
    except NotThisForm:
        return None
