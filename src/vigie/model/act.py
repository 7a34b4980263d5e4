"""Something that somebody did, kept for good."""

from msgspec import Struct

from vigie.model.post import Millis


class Act(Struct, frozen=True):
    """Who did what, when and why. Appended in the transaction of what it records; never changed.

    Attributes:
        who: a person's id in the charter, or ``vigie`` for what the product does by itself.
        verb: dotted and past: ``query.changed``, ``account.disabled``, ``person.erased``.
        what: what it was done to, ``kind:id``: ``query:brand``, ``account:maelle``.
        charter: digest of the charter in force; empty before the first one.
        details: values of the product only, never other people's words.
    """

    at: Millis
    who: str
    verb: str
    what: str
    why: str = ""
    charter: str = ""
    details: dict[str, str | int | bool | None] = {}
