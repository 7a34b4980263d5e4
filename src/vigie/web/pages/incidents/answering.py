"""What can be done about the posts of an incident, and the words that the house has prepared for it."""

from collections.abc import Sequence

from msgspec import Struct

from vigie.charter import Charter, PreparedAnswer
from vigie.flows import handling
from vigie.flows.check_draft import Around, Checked, check
from vigie.flows.handling import Ours
from vigie.model import Content, Happening, Incident, Millis, told
from vigie.web.house import House

LAST = 1 << 62
"""In a moment, what became of something comes after what was done."""


class Prepared(Struct, frozen=True):
    """A prepared answer as it would go out now, with what the charter says of it today."""

    answer: PreparedAnswer
    text: str
    checked: Checked

    @property
    def remarks(self) -> int:
        """How many remarks it draws that stop nothing, those of rules on trial left out."""
        return sum(not one.finding.trial and not one.finding.stops for one in self.checked.remarks)


def prepared(house: House, incident: Incident, who: str, lang: str) -> list[Prepared]:
    """The charter's answers, held against the same rules as any draft; no incident stands against its own answer."""
    charter, judge, now = house.charter(), house.judge(), house.clock()
    links = house.links.known(now)
    around = Around(
        archive=house.archive,
        detect=judge.detect,
        now=now,
        author=who,
        links=links,
        publications=house.publications,
    )
    found = []
    for one in charter.crisis.answers if charter else ():
        content = content_of(incident, charter, told(one.text, lang))
        found.append(Prepared(one, content.text, check(content, judge.policy, around)))
    return found


def content_of(incident: Incident, charter: Charter | None, text: str) -> Content:
    """A statement on the accounts that the incident is about; on all of them when it is about the whole house."""
    known = [one.id for one in charter.channels] if charter else []
    channels = tuple(id for id in known if not incident.channels or id in incident.channels)
    return Content(text=text, channels=channels)


def answer_text(charter: Charter | None, answer: str, lang: str) -> str:
    """The words of a prepared answer, in the house's first language where it has them; empty for none."""
    found = next((one for one in (charter.crisis.answers if charter else ()) if one.id == answer), None)
    if found is None or charter is None:
        return ""
    return told(found.text, next(iter(charter.company.languages), lang))


def ours(house: House, incident: Incident) -> list[Ours]:
    """The posts of ours that an incident is about."""
    return handling.ours(house.incidents, house.publications, house.archive, incident)


def standing(one: Ours) -> bool:
    """Whether it can be asked back."""
    return one.gone_at is None and (one.publication is None or one.publication.recall in ("", "failed"))


def timeline(house: House, incident: Incident, posts: Sequence[Ours]) -> list[Happening]:
    """What happened, oldest first; with what became of what was asked for, which the publications know."""
    lines = house.incidents.timeline(incident.id)
    for post in posts:
        asked = post.publication
        if asked is not None and asked.recall == "recalled" and post.gone_at is not None:
            lines.append(_became(incident, post.gone_at, "line.recalled", asked.channel))
    for one in house.publications.of_draft(incident.statement) if incident.statement else ():
        if one.published_at is not None:
            lines.append(_became(incident, one.published_at, "line.stated", one.channel))
    return sorted(lines, key=lambda one: (one.at, one.id or LAST))


def _became(incident: Incident, at: Millis, kind: str, channel: str) -> Happening:
    return Happening(0, incident.id, at, kind, values={"channel": channel})
