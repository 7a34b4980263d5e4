"""The composer's page and its parts, shown for a draft that is saved or only typed."""

from collections.abc import Sequence
from typing import Any

from litestar import Request, Response
from msgspec import Struct

from vigie.charter import allows
from vigie.flows.drafts import Doing
from vigie.flows.links import to_try
from vigie.model import Approval, Content, Decision, Draft, DraftState, SavedDraft
from vigie.text.sentences import sentence_ends
from vigie.web.guard import visitor
from vigie.web.house import House, house_of
from vigie.web.pages.composer.approvals import next_act
from vigie.web.pages.composer.form import written
from vigie.web.pages.composer.looking import Look, look
from vigie.web.view import fragment, timezone, view, wording
from vigie.wording.alerts import channel_label

Asked = Request[Any, Any, Any]
WRITTEN: tuple[DraftState, ...] = ("draft", "changes_requested")
"""States in which a draft is being written; in the others it is read, and taken up again first."""
_LONGEST_TITLE = 60
_SHORTEST_TITLE = 4
"""Characters: ``1.`` begins a sentence and is none."""


class Open(Struct, frozen=True):
    """A draft in front of somebody: as it is saved (None: not yet), and what the form says now.

    Attributes:
        base: the revision that the form was filled from: what it says is saved only over that one.
        asked: the answers whose changes its author works on.
    """

    saved: SavedDraft | None
    content: Content
    decisions: tuple[Decision, ...] = ()
    base: int = 0
    asked: tuple[Approval, ...] = ()

    @property
    def dirty(self) -> bool:
        """Whether it says something that is not saved."""
        return self.content != (self.saved.content if self.saved else Content(channels=self.content.channels))

    @property
    def id(self) -> int | None:
        """Its number, once saved."""
        return self.saved.id if self.saved else None


def opened(house: House, saved: SavedDraft, content: Content | None = None, base: int = 0) -> Open:
    """A saved draft with the decisions about it, and what people want changed."""
    decisions = tuple(house.drafts.decisions(saved.id))
    answers = house.publications.approvals(saved.id)[-1:] if saved.state != "in_review" else []
    asked = tuple(one for one in answers if one.opinion == "changes-requested")
    return Open(saved, saved.content if content is None else content, decisions, base or saved.revision, asked)


def doing(request: Asked) -> Doing:
    """Who does it, now, under the charter in force."""
    house = house_of(request)
    return Doing(visitor(request).id, house.clock(), house.charter_digest())


def looked(request: Asked, one: Open) -> Look:
    """The draft held against the charter, in the visitor's words."""
    who = visitor(request)
    author, draft = (one.saved.author, one.saved.id) if one.saved else (who.id, 0)
    return look(house_of(request), one.content, author, who, wording(request), one.decisions, one.asked, draft)


def context(request: Asked, one: Open) -> dict[str, Any]:
    """What every part of the page is made of."""
    house, who, w = house_of(request), visitor(request), wording(request)
    charter = house.charter()
    saved = one.saved
    seen = looked(request, one)
    return {
        "one": one,
        "content": one.content,
        "saved": saved,
        "look": seen,
        "next": next_act(house, seen.checked, who),
        "channels": [
            (channel, channel_label(charter, channel.id)) for channel in (charter.channels if charter else ())
        ],
        "objectives": charter.objectives if charter else (),
        "when": written(one.content.when, timezone(charter)),
        "title": title(one.content.text) or w("composer.untitled"),
        "names": {person.id: person.name for person in (charter.people if charter else ())},
        "may_write": who.may("write-drafts") and (saved is None or saved.state in WRITTEN),
        "may_pass": who.may("let-pass"),
        "passers": [person.name for person in (charter.people if charter else ()) if allows(person.roles, "let-pass")],
        "tomorrow": written(house.clock() + 86_400_000, timezone(charter))[:10],
    }


def page(request: Asked, one: Open, *, status: int = 200, **more: Any) -> Response[str]:
    """The whole page."""
    given: dict[str, Any] = {"errors": [], "told": ""} | more
    return view(request, "composer/page.html", status=status, **context(request, one), **given)


def parts(request: Asked, one: Open) -> dict[str, Any]:
    """What changes while somebody types, for the script of the page."""
    given = context(request, one)
    found: Look = given["look"]

    def part(name: str) -> Any:
        return fragment(request, f"composer/_{name}.html", **given).content

    return {
        "marks": {sheet.key: sheet.painted for sheet in found.sheets},
        "counts": {
            sheet.key: fragment(request, "composer/_counts.html", sheet=sheet, may_write=given["may_write"]).content
            for sheet in found.sheets
        },
        "reasons": part("reasons"),
        "standing": part("standing"),
        "proofs": part("proofs"),
        "acts": part("acts"),
        "title": given["title"],
        "untried": bool(untried(house_of(request), found.checked.drafts)),
    }


def untried(house: House, drafts: Sequence[Draft]) -> tuple[str, ...]:
    """Links of a draft that nobody asked lately whether they lead anywhere."""
    asked = house.links.asked(house.clock())
    return tuple(dict.fromkeys(url for draft in drafts for url in to_try(draft, asked)))


def title(text: str) -> str:
    """The first sentence, or its first words: what people call a draft."""
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    end = next((end for end in sentence_ends(line) if end > _SHORTEST_TITLE), len(line))
    first = line[:end].strip().removesuffix(".")
    if len(first) <= _LONGEST_TITLE:
        return first
    return first[:_LONGEST_TITLE].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
