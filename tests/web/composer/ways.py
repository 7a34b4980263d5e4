"""What people do with drafts and publications, on a served site, in a line each: through the flows, as a page would."""

from msgspec import Struct

from vigie.flows import approving, scheduling
from vigie.flows import drafts as flow
from vigie.flows.drafts import Doing
from vigie.flows.scheduling import Plan, Ready
from vigie.model import Content, Opinion, Publication, Remark, Repeat, SavedDraft
from vigie.web.house import House
from vigie.web.pages.composer.approvals import review_of, rooms
from vigie.web.pages.composer.looking import checked

TEXT = "Un souci avec un moulin, on le répare. Venez samedi, apportez-le."


class Ways(Struct, frozen=True):
    """The house's people at work. ``yanis`` writes, ``ines`` approves, ``maelle`` schedules."""

    house: House

    def by(self, who: str) -> Doing:
        return Doing(who, self.house.clock(), self.house.charter_digest())

    def begin(
        self, text: str = TEXT, who: str = "yanis", on: tuple[str, ...] = ("bsky",), **more: object
    ) -> SavedDraft:
        content = Content(text, on, objective="meet", **more)
        return flow.save(self.house.drafts, None, 0, content, self.by(who))

    def ask(self, saved: SavedDraft, who: str = "yanis") -> SavedDraft:
        found = checked(self.house, saved.content, saved.author)
        return approving.ask(rooms(self.house), saved, self.house.charter(), found, self.by(who))

    def answer(
        self, saved: SavedDraft, who: str = "ines", opinion: Opinion = "approved", *remarks: Remark
    ) -> SavedDraft:
        found = review_of(self.house, saved, checked(self.house, saved.content, saved.author))
        charter = self.house.charter()
        assert charter
        return approving.answer(rooms(self.house), found, charter, opinion, self.by(who), remarks)

    def approved(self, text: str = TEXT, **more: object) -> SavedDraft:
        return self.answer(self.ask(self.begin(text, **more)))

    def schedule(self, saved: SavedDraft, wall: str = "", repeat: Repeat = "") -> list[Publication]:
        at = scheduling.timed(Plan(wall), "Europe/Paris", self.house.clock())
        found = checked(self.house, saved.content, saved.author)
        charter = self.house.charter()
        assert charter
        ready = Ready(saved, review_of(self.house, saved, found), found, charter)
        return scheduling.schedule(rooms(self.house), ready, at, self.by("maelle"), repeat)

    def planned(self, text: str, wall: str, repeat: Repeat = "", **more: object) -> Publication:
        return self.schedule(self.approved(text, **more), wall, repeat)[0]
