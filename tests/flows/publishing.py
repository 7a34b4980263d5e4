"""A house with a real store in which drafts are approved and scheduled, without pages."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from vigie.charter import Vocabulary, parse
from vigie.checks import built_in
from vigie.flows import approving, scheduling
from vigie.flows import drafts as flow
from vigie.flows.approving import Review, Rooms
from vigie.flows.check_draft import Around, Checked, check
from vigie.flows.drafts import Doing
from vigie.flows.scheduling import Plan, Ready
from vigie.judge.review import policy
from vigie.model import Content, Millis, Opinion, Publication, Remark, Repeat, SavedDraft
from vigie.query import PlainMatcher
from vigie.store import Store

NOW = 1_794_501_720_000
"""Thursday 12 November 2026, 17:42 in Paris."""
CHARTER = """\
charter: 1
company: {name: Brûlerie du Port, languages: [fr, en], timezone: Europe/Paris}
channels:
  - {id: bsky, network: bluesky, account: brulerie.example, slots: ["09:30", "tue 11:30"], quiet: ["22:00-07:00"]}
  - {id: masto, network: mastodon, account: brulerie@port.example, slots: ["09:30", "18:00"]}
  - {id: free, network: mastodon, account: essai@port.example}
people:
  - {id: yanis, name: Yanis, roles: [author]}
  - {id: tanguy, name: Tanguy, roles: [author, approver]}
  - {id: ines, name: Inès, roles: [approver]}
  - {id: odile, name: Odile, roles: [approver]}
  - {id: maelle, name: Maëlle, roles: [owner]}
calendar:
  mourning: [{day: 2026-11-24, why: naufrage de la Marie-Jeanne}]
rules:
  - id: guarantee
    match: '"garanti* à vie"'
    severity: block
    why: Un moulin finit par casser.
    bad: [garanti à vie]
    good: [on le répare]
approvals:
  - {id: relecture, by: [approver], channels: [bsky, masto], expires: 3d}
  - {id: direction, by: [odile, maelle], need: in-order, networks: [mastodon], channels: [masto]}
"""


def house_policy():
    """The charter above, compiled: made once, it takes a second."""
    vocabulary = Vocabulary(frozenset({"bluesky", "mastodon"}), checks={one.id: one.options for one in built_in()})
    return policy(parse(CHARTER, vocabulary), PlainMatcher)


@dataclass
class PublishingHouse:
    """What people do, in a line each."""

    store: Store
    by: object
    now: Millis = NOW
    rooms: Rooms = field(init=False)

    def __post_init__(self) -> None:
        self.rooms = Rooms(self.store.drafts, self.store.publications, self.store.notices)

    @property
    def charter(self):
        return self.by.charter

    def doing(self, who: str) -> Doing:
        return Doing(who, self.now, self.charter.digest)

    def begin(self, text: str, who: str = "yanis", channels: Sequence[str] = ("bsky",), **more: object) -> SavedDraft:
        return flow.save(self.store.drafts, None, 0, Content(text, tuple(channels), **more), self.doing(who))

    def write(self, saved: SavedDraft, text: str, who: str = "yanis") -> SavedDraft:
        content = Content(text, saved.content.channels)
        return flow.save(self.store.drafts, saved.id, saved.revision, content, self.doing(who))

    def checked(self, saved: SavedDraft, when: Millis | None = None) -> Checked:
        content = Content(saved.content.text, saved.content.channels, saved.content.variants, when=when)
        around = Around(archive=self.store.archive, detect=lambda _: "fr", now=self.now, author=saved.author)
        return check(content, self.by, around)

    def review(self, saved: SavedDraft) -> Review:
        return approving.review(self.rooms, saved, self.charter, self.checked(saved), self.now)

    def ask(self, saved: SavedDraft, who: str = "yanis") -> SavedDraft:
        return approving.ask(self.rooms, saved, self.charter, self.checked(saved), self.doing(who))

    def answer(
        self, saved: SavedDraft, who: str, opinion: Opinion = "approved", remarks: Sequence[Remark] = ()
    ) -> SavedDraft:
        return approving.answer(self.rooms, self.review(saved), self.charter, opinion, self.doing(who), remarks)

    def approved(self, text: str, **more: object) -> SavedDraft:
        return self.answer(self.ask(self.begin(text, **more)), "ines")

    def schedule(self, saved: SavedDraft, wall: str = "", repeat: Repeat = "") -> list[Publication]:
        at = scheduling.timed(Plan(wall), "Europe/Paris", self.now)
        ready = Ready(saved, self.review(saved), self.checked(saved, at.due), self.charter)
        return scheduling.schedule(self.rooms, ready, at, self.doing("maelle"), repeat)
