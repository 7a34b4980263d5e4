"""People of the house who were told things, by every means, with every outcome."""

from vigie.flows.ports.messenger import Answer, NotToldError
from vigie.flows.tell import delivered, not_delivered, tell, unreachable
from vigie.model import Delivery, Notice
from web.served import Site

MINUTE = 60_000
INCIDENT = {"incident": 4, "reason": "reason.unknown-post", "channel": "bsky"}


def told(site: Site, **more: object) -> Notice:
    """Something that Maëlle cannot wait to hear; the house's programs hear of it too."""
    given = {
        "id": 0, "at": site.clock(), "kind": "incident.opened", "urgency": "now", "to": ("maelle",), "values": INCIDENT,
        "path": "/incidents/4", "incident": 4,
    }  # fmt: skip
    return tell(site.house.notices, site.house.charter(), Notice(**(given | more)))


def ways(site: Site, notice: Notice) -> dict[str, Delivery]:
    """What became of a notice, by means."""
    return {one.means: one for one, about in site.house.notices.log() if about.id == notice.id}


def people_were_told(site: Site) -> int:
    """Delivered, refused once, failed for good, no address, cancelled, waiting for the night to end; and a test, whose
    number it returns."""
    notices, now = site.house.notices, site.clock()
    notice = told(site, at=now - 30 * MINUTE)
    by = ways(site, notice)
    notices.settle(delivered(by["email"], Answer(250, "2.0.0 Ok: queued as 4FQ"), now))
    notices.settle(unreachable(by["chat"]))
    failed = ways(site, told(site, at=now - 20 * MINUTE, incident=5, step=1))
    refusal = NotToldError("5.1.1 <b>no such person</b> " + "x" * 200, status=550, final=True)
    notices.settle(not_delivered(failed["email"], refusal, now))
    notices.settle(not_delivered(failed["chat"], NotToldError("the service did not take it"), now))
    values = {"channel": "bsky", "code": "timeout"}
    late = told(site, kind="publication.failed", urgency="soon", values=values, path="/publications/1", incident=6)
    notices.settle(postponed(ways(site, late)["email"], now + 600 * MINUTE))
    told(site, incident=7, to=("yanis",))
    notices.cancel(7)
    return told(site, kind="test", values={}, path="/account", incident=0).id


def postponed(one: Delivery, at: int) -> Delivery:
    """Waits until then."""
    return Delivery(id=one.id, notice=one.notice, person=one.person, means=one.means, try_at=at)
