"""What every adapter of the notices does."""

from msgspec import structs

from store.making import HOUR, NOON
from vigie.model import Act, Delivery, Notice
from vigie.store import Store

WANTED = Notice(
    id=0, at=NOON, kind="incident.opened", urgency="now", to=("maelle",), values={"reason": "x", "n": 2},
    path="/incidents/4", incident=4, step=1,
)  # fmt: skip
PAGE = Delivery(id=0, notice=0, person="maelle", means="page")
MAIL = Delivery(id=0, notice=0, person="maelle", means="email", address="person:maelle:email", try_at=NOON)


def tell(store: Store, *deliveries: Delivery, **more: object) -> Notice:
    return store.notices.tell(structs.replace(WANTED, **more), deliveries)


class NoticesSuite:
    """Notices."""

    def test_what_was_told_comes_back(self, store: Store) -> None:
        made = tell(store, PAGE, MAIL)
        assert made == structs.replace(WANTED, id=1) == store.notices.get(1)
        assert store.notices.get(2) is None
        assert store.notices.of_incident(4) == [made]
        assert store.notices.delivery(2) == structs.replace(MAIL, id=2, notice=1)
        assert store.notices.delivery(3) is None
        assert [(one.kind, one.ref) for one in store.archive.changes(0)] == [("notice", "1")]

    def test_what_is_for_the_page_is_there_at_once(self, store: Store) -> None:
        tell(store, PAGE)
        assert store.notices.delivery(1) == structs.replace(PAGE, id=1, notice=1, state="delivered", delivered_at=NOON)
        assert store.notices.due(NOON + HOUR) == []

    def test_what_is_due(self, store: Store) -> None:
        later, now = structs.replace(MAIL, try_at=NOON + 5), structs.replace(MAIL, means="chat")
        made = tell(store, later, now)
        assert store.notices.due(NOON) == [(structs.replace(now, id=2, notice=1), made)]
        assert [one.id for one, _ in store.notices.due(NOON + 5)] == [2, 1]
        assert [one.id for one, _ in store.notices.due(NOON + 5, limit=1)] == [2]

    def test_how_it_went(self, store: Store) -> None:
        tell(store, MAIL, MAIL)
        (tried, _), (again, _) = store.notices.due(NOON)
        gone = structs.replace(tried, state="delivered", attempts=1, status=250, answer="OK", delivered_at=NOON + 1)
        later = structs.replace(again, attempts=1, try_at=NOON + HOUR, status=451)
        for one in (gone, later):
            store.notices.settle(one)
        assert (store.notices.delivery(1), store.notices.delivery(2)) == (gone, later)
        assert store.notices.due(NOON) == []
        assert [one.id for one, _ in store.notices.log()] == [2, 1]
        assert [one.id for one, _ in store.notices.log(state="delivered")] == [1]
        assert [one.id for one, _ in store.notices.log(limit=1)] == [2]

    def test_who_wanted_it_sent_again_is_written_down_with_it(self, store: Store) -> None:
        tell(store, MAIL)
        act = Act(NOON, "maelle", "notice.resent", "notice:1")
        store.notices.settle(structs.replace(MAIL, id=1, notice=1, try_at=NOON + 1), act)
        assert [one for _, one in store.acts.about("notice:1")] == [act]
        assert store.notices.delivery(1).try_at == NOON + 1

    def test_a_taken_incident_wakes_nobody_else(self, store: Store) -> None:
        tell(store, PAGE, MAIL)
        tell(store, MAIL, incident=5)
        store.notices.cancel(4)
        assert [store.notices.delivery(id).state for id in (1, 2, 3)] == ["delivered", "cancelled", "waiting"]

    def test_each_persons_page(self, store: Store) -> None:
        tell(store, PAGE, MAIL)
        tell(store, structs.replace(PAGE, person="ines"))
        tell(store, PAGE)
        assert [(notice.id, made.id) for notice, made in store.notices.for_person("maelle")] == [(3, 4), (1, 1)]
        assert len(store.notices.for_person("maelle", limit=1)) == 1
        assert (store.notices.unread("maelle"), store.notices.unread("ines"), store.notices.unread("lou")) == (2, 1, 0)
        store.notices.read("maelle", 1)
        before = store.archive.last_change()
        store.notices.read("maelle", 1)
        store.notices.read("maelle", 0)  # another window, slower
        assert store.notices.unread("maelle") == 1
        assert store.archive.last_change() == before
        store.notices.read("maelle", 3)
        assert store.notices.unread("maelle") == 0
