"""Whether a post of ours may have appeared: no network shows a post's key, but it shows that there is no post."""

from collections.abc import Container, Sequence

from msgspec import Struct

from vigie.flows.ports.writer import Wanted
from vigie.model import Millis
from vigie.model.loose import read_instant
from vigie.networks.mastodon.writing.entities import Own

PAGE = 40
"""Posts on one page, the most that servers give."""
MARGIN: Millis = 10_000
"""By how much a server's clock may lie about the second."""


class Wake(Struct, frozen=True):
    """What a post would have left behind, had it been written.

    Attributes:
        since: the server's time before which it was not; a clock that was set meanwhile makes it earlier, never later.
        answers: the server's id of the post that it answers.
        application: the name under which we write; empty when the server does not tell.
    """

    since: Millis
    answers: str
    application: str

    def seen_in(self, latest: Sequence[Own], but: Container[str] = ()) -> bool:
        """Whether it may be among an account's latest posts; ``latest`` is a page, ``but`` holds ids of other posts."""
        if len(latest) >= PAGE and all(self._is_since(one) for one in latest):
            return True
        return any(str(one.id) not in but and self._is_since(one) and self._fits(one) for one in latest)

    def _is_since(self, one: Own) -> bool:
        at = read_instant(one.created_at)
        return at is None or at >= self.since

    def _fits(self, one: Own) -> bool:
        other = one.application is not None and self.application and one.application.name != self.application
        return not other and str(one.in_reply_to_id or "") == self.answers


def since(wanted: Wanted, now: Millis, server_now: Millis | None) -> Millis:
    """From when on a server may have a post, by its own clock. ``now`` is ours."""
    ahead = min(server_now - now, 0) if server_now is not None else 0
    return wanted.created_at + ahead - MARGIN
