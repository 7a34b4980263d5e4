"""Retain: forget what the charter says need not be kept any longer."""

from vigie.charter import Charter
from vigie.flows.ports.archive import Archive
from vigie.model import Act, Millis

DAY: Millis = 86_400_000


def retain(charter: Charter, archive: Archive, now: Millis) -> int:
    """Forgets posts past their queries' retention and the sample past its own. Returns how many posts went."""
    gone = 0
    keep_days = {query.id: query.keep_days for query in charter.queries}
    # also queries that the charter no longer has: their mentions stay until their time is up
    for id in sorted({*keep_days, *archive.query_ids()}):
        days = keep_days.get(id) or charter.retention.mentions_days
        before = now - days * DAY
        act = Act(now, "vigie", "mentions.expired", f"query:{id}", charter=charter.digest, details={"days": days})
        gone += archive.expire(id, before, act)
    # threads and whatever else no query keeps; what we said ourselves stays
    days = charter.retention.mentions_days
    act = Act(now, "vigie", "mentions.expired", "archive", charter=charter.digest, details={"days": days})
    gone += archive.expire("", now - days * DAY, act)
    archive.expire_sample(now - charter.retention.sample_hours * 3_600_000)
    # also what authors deleted on their networks meanwhile leaves the write-ahead log now
    archive.checkpoint()
    return gone
