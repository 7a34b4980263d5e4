"""Retain: forget what the charter says need not be kept any longer."""

from vigie.charter import Charter
from vigie.flows.ports.archive import Archive
from vigie.model import Act, Millis

DAY: Millis = 86_400_000


def retain(charter: Charter, archive: Archive, now: Millis) -> int:
    """Forgets posts past their queries' retention and the sample past its own. Returns how many posts went."""
    gone = 0
    for query in charter.queries:
        days = query.keep_days or charter.retention.mentions_days
        before = now - days * DAY
        act = Act(now, "vigie", "mentions.expired", f"query:{query.id}", charter=charter.digest, details={"days": days})
        gone += archive.expire(query.id, before, act)
    archive.expire_sample(now - charter.retention.sample_hours * 3_600_000)
    if gone:
        archive.checkpoint()
    return gone
