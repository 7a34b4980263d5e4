"""What Bluesky's servers mean when they refuse something."""

from http import HTTPStatus as Status

import msgspec

from vigie.flows.ports.fetch import Response
from vigie.flows.ports.writer import Budget, WriteCode, WriteError
from vigie.model import Millis

OLD_TOKEN = frozenset(
    ("ExpiredToken", "InvalidToken", "BadJwt", "AuthMissing", "AuthenticationRequired", "AuthRequired")
)
"""Names of errors that a fresh token mends. Servers answer them with 400 or with 401."""
CLOSED = frozenset(("AccountTakedown", "AccountDeactivated", "AccountSuspended", "RepoDeactivated", "RepoTakendown"))
"""Names of errors that say that the account itself is closed, for now or for good."""
CODES: tuple[tuple[WriteCode, frozenset[int], frozenset[str]], ...] = (
    ("refused", frozenset(), CLOSED),
    ("rate-limited", frozenset((Status.TOO_MANY_REQUESTS,)), frozenset(("RateLimitExceeded",))),
    ("bad-token", frozenset((Status.UNAUTHORIZED,)), OLD_TOKEN),
    ("too-large", frozenset((Status.REQUEST_ENTITY_TOO_LARGE,)), frozenset(("BlobTooLarge", "PayloadTooLarge"))),
    ("timeout", frozenset((Status.REQUEST_TIMEOUT,)), frozenset()),
    ("refused", frozenset((Status.BAD_REQUEST, Status.FORBIDDEN)), frozenset()),
)
"""What an error is, by its status or by its name; the first that fits."""
FINAL = frozenset(("refused", "bad-token", "too-large"))
LONGEST_WAIT: Millis = 86_400_000


class Refusal(msgspec.Struct):
    """An error as XRPC writes it: a name for programs, a sentence for people."""

    error: str = ""
    message: str = ""

    @property
    def not_there(self) -> bool:
        """Whether it says that there is no such record; some servers have no name for that, all have the sentence."""
        return self.error == "RecordNotFound" or self.message.startswith("Could not locate record")


def said(answer: Response) -> Refusal:
    """The server's own words, empty when there are none."""
    try:
        return msgspec.json.decode(answer.body, type=Refusal)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return Refusal()


def wants_fresh_token(answer: Response) -> bool:
    """Whether the token is what is wrong. Nothing was done then."""
    if answer.status not in {Status.BAD_REQUEST, Status.UNAUTHORIZED}:
        return False
    return said(answer).error in OLD_TOKEN


def refused(answer: Response, now: Millis, *, doubtful: bool) -> WriteError:
    """The error of an answer that is none. ``doubtful``: what was asked changes something there.

    A refusal (4xx) was decided before anything was written; after a failure (5xx) nobody knows.
    """
    words = said(answer)
    fits = (code for code, statuses, names in CODES if answer.status in statuses or words.error in names)
    failed: WriteCode = "server-error" if answer.status >= Status.INTERNAL_SERVER_ERROR else "not-understood"
    code = next(fits, failed)
    final = code in FINAL
    return WriteError(
        code,
        " ".join(filter(None, (str(answer.status), words.error, words.message))),
        doubtful=doubtful and not final and code != "rate-limited",
        retry_at=None if final else retry_at(answer, now),
        final=final,
    )


def retry_at(answer: Response, now: Millis) -> Millis | None:
    """When another try is allowed, by whichever header says it."""
    seconds = answer.headers.get("retry-after", "")
    if seconds.isdecimal():
        return now + min(int(seconds[:9]) * 1000, LONGEST_WAIT)
    resets = _reset(answer)
    return None if resets is None or resets <= now else min(resets, now + LONGEST_WAIT)


def budget(answer: Response) -> Budget | None:
    """What is left of an hour's or day's writing, when the server counts."""
    left, of = (answer.headers.get(f"ratelimit-{name}", "") for name in ("remaining", "limit"))
    if not left.isdecimal():
        return None
    return Budget(int(left[:9]), int(of[:9]) if of.isdecimal() else None, _reset(answer))


def _reset(answer: Response) -> Millis | None:
    """``ratelimit-reset`` is in seconds since 1970."""
    at = answer.headers.get("ratelimit-reset", "")
    return int(at[:12]) * 1000 if at.isdecimal() else None
