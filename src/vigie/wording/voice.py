"""What a page, a command or a message says: one `Wording` per language."""

from collections.abc import Sequence

from markupsafe import Markup, escape

from vigie.model import Millis
from vigie.wording import figures
from vigie.wording.catalogue import catalogue

_DAY = 86_400_000


class Wording:
    r"""The product's voice in one language.

    Values go into a sentence as they are, except that whole and decimal numbers are written as the language writes
    them; give a string where that is not wanted (a year, a port). An unknown message id comes back as itself, so that a
    page is never lost for a sentence; tests hold that there is none.

    >>> w = Wording("fr")
    >>> w.number(12403), w.duration(4_320_000)
    ('12\u202f403', '1\xa0h\xa012')
    """

    def __init__(self, lang: str) -> None:
        self.lang = lang if lang in figures.LANGS else "en"
        self._catalogue = catalogue(self.lang)

    def __call__(self, id: str, /, **values: object) -> str:
        """The sentence of a message id, with its values."""
        return self._catalogue.single.get(id, id).format(**self._written(values))

    def has(self, id: str) -> bool:
        """Whether the catalogues know this message id."""
        return id in self._catalogue.single or id in self._catalogue.plural

    def count(self, id: str, n: int, /, **values: object) -> str:
        """The sentence for ``n`` things; ``{n}`` is the number. French counts none as one."""
        one, other = self._catalogue.plural.get(id, (id, id))
        form = one if (abs(n) < 2 if self.lang == "fr" else abs(n) == 1) else other  # noqa: PLR2004 - the plural starts at 2
        return form.format(n=self.number(n), **self._written(values))

    def html(self, id: str, /, **values: object) -> Markup:
        """A sentence that holds ``<b>`` or a link; its values are escaped."""
        written = {key: escape(value) for key, value in self._written(values).items()}
        return Markup(self._catalogue.single.get(id, id)).format(**written)  # noqa: S704 - our own catalogues

    def number(self, n: float, digits: int = 1) -> str:
        """``12 403``; decimals keep at most ``digits``."""
        return figures.number(n, self.lang, digits)

    def range(self, low: int, high: int) -> str:
        """``1 000 à 2 000``."""
        return self("shell.range", low=low, high=high)

    def part(self, n: int, whole: int) -> str:
        """``38 sur 41``: a share never goes without its whole."""
        return self("shell.part", n=n, whole=whole)

    def list(self, items: Sequence[str]) -> str:
        """``a, b et c``."""
        if len(items) < 2:  # noqa: PLR2004 - nothing to join
            return "".join(items)
        return self("shell.list", first=", ".join(items[:-1]), last=items[-1])

    def date(self, ms: Millis, tz: str) -> str:
        """``12 novembre 2026``."""
        return figures.date(ms, tz, self.lang)

    def day(self, ms: Millis, tz: str) -> str:
        """``jeudi 12 novembre``."""
        return figures.day(ms, tz, self.lang)

    def time(self, ms: Millis, tz: str) -> str:
        """``22 h 47``, for sentences."""
        return figures.time(ms, tz, self.lang)

    def gutter(self, ms: Millis, tz: str) -> str:
        """``22h47``, for the time column of a log."""
        return figures.gutter(ms, tz, self.lang)

    def when(self, ms: Millis, tz: str, now: Millis) -> str:
        """An instant as one says it now: ``22 h 47``, ``hier à 22 h 47``, ``le 12 nov. à 22 h 47``."""
        then, today = figures.moment(ms, tz), figures.moment(now, tz)
        if then.date() == today.date():
            return self.time(ms, tz)
        if then.date() == figures.moment(now - _DAY, tz).date():
            return self("shell.when.yesterday", time=self.time(ms, tz))
        if then.year == today.year:
            return self("shell.when.this_year", day=figures.short_day(ms, tz, self.lang), time=self.time(ms, tz))
        return self("shell.when.long_ago", date=self.date(ms, tz))

    def duration(self, ms: Millis) -> str:
        """``2 s``, ``25 min``, ``1 h 12``, ``3 j 4 h``."""
        return figures.duration(ms, self.lang)

    def _written(self, values: dict[str, object]) -> dict[str, object]:
        return {
            key: self.number(value) if isinstance(value, int | float) and not isinstance(value, bool) else value
            for key, value in values.items()
        }
