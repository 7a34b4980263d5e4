"""What servers mean when they refuse to write."""

from http import HTTPStatus as Status

from vigie.flows.ports.fetch import Response
from vigie.flows.ports.writer import Budget, WriteCode, WriteError
from vigie.model import Millis
from vigie.model.loose import read_instant
from vigie.networks.mastodon.api import MAYBE_TOKEN, about_token, said

CODES: dict[int, WriteCode] = {
    Status.BAD_REQUEST: "refused",
    Status.UNAUTHORIZED: "bad-token",
    Status.FORBIDDEN: "refused",
    Status.NOT_FOUND: "gone",
    Status.GONE: "gone",
    Status.REQUEST_TIMEOUT: "timeout",
    Status.REQUEST_ENTITY_TOO_LARGE: "too-large",
    Status.UNPROCESSABLE_ENTITY: "refused",
    Status.TOO_MANY_REQUESTS: "rate-limited",
}
FINAL = frozenset(("refused", "bad-token", "gone", "too-large"))
LONGEST_WAIT: Millis = 86_400_000


def refused(answer: Response, now: Millis, *, doubtful: bool) -> WriteError:
    """The error of an answer that is none. ``doubtful``: what was asked changes something there.

    A refusal (4xx) was decided before anything was written; after a failure (5xx) nobody knows.
    """
    failed: WriteCode = "server-error" if answer.status >= Status.INTERNAL_SERVER_ERROR else "not-understood"
    code = CODES.get(answer.status, failed)
    if answer.status in MAYBE_TOKEN and about_token(answer):
        code = "bad-token"
    final = code in FINAL
    return WriteError(
        code,
        f"{answer.status} {said(answer)}".strip(),
        doubtful=doubtful and not final and code != "rate-limited",
        retry_at=None if final else retry_at(answer, now),
        final=final,
    )


def retry_at(answer: Response, now: Millis) -> Millis | None:
    """When another try is allowed, if the server says so."""
    seconds = answer.headers.get("retry-after", "")
    if seconds.isdecimal():
        return now + min(int(seconds[:9]) * 1000, LONGEST_WAIT)
    if answer.status != Status.TOO_MANY_REQUESTS:
        return None
    resets = read_instant(answer.headers.get("x-ratelimit-reset", "")) or 0
    return min(resets, now + LONGEST_WAIT) if resets > now else now + 300_000


def budget(answer: Response) -> Budget | None:
    """How many posts a server still takes, when it counts."""
    left, of = (answer.headers.get(f"x-ratelimit-{name}", "") for name in ("remaining", "limit"))
    if not left.isdecimal():
        return None
    resets = read_instant(answer.headers.get("x-ratelimit-reset", ""))
    return Budget(int(left[:9]), int(of[:9]) if of.isdecimal() else None, resets)
