"""One thing that happens in the demo world, with the truth about it that no reader of the post can be sure of."""

from typing import Literal, TypeAlias

from msgspec import Struct

from vigie.model import Deleted, Millis, Post

Kind: TypeAlias = Literal[
    "own", "press", "question", "complaint", "praise", "chat", "trade", "rival", "noise", "outcry", "attack"
]
"""What a post is: ours, the press's, asked, complained, praised, said in passing, about the trade, about a competitor,
nothing to do with us, part of the outcry over the promotion, part of the coordinated attack."""

Story: TypeAlias = Literal["", "parcels", "decaf", "storm", "attack", "slip"]
"""Which longer story a post belongs to: late parcels, the decaffeinated question, the promotion sent during the storm
alert, the coordinated attack, the post sent from the wrong account."""

Intent: TypeAlias = Literal[
    "inform", "ask", "answer", "complain", "thank", "demand", "boycott", "mock", "defend", "grieve", "accuse", "sell",
    "apologise", "talk",
]  # fmt: skip
"""What its author wants from it."""


class Truth(Struct, frozen=True):
    """What is so, whatever a classifier says.

    Attributes:
        sentiment: towards us: -1, 0 or 1; 0 for everything that is not about us.
        about_us: a person of the house would want to know, whether a query finds it or not.
        coordinated: written together with others who pretend not to know each other.
        expected_queries: ids of the demo charter's queries that match, sorted.
        person: key of who wrote it, the same for all accounts of one person.
    """

    kind: Kind
    lang: str
    person: str
    intent: Intent = "talk"
    story: Story = ""
    sentiment: Literal[-1, 0, 1] = 0
    about_us: bool = False
    coordinated: bool = False
    expected_queries: tuple[str, ...] = ()


class Line(Struct, frozen=True):
    """A post written (an edited one has ``edited_at``) or taken back at an instant."""

    at: Millis
    event: Post | Deleted
    truth: Truth
