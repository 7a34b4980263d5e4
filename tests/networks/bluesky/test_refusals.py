"""What servers answer when they refuse to write, and what it means: again, later, never, or nobody knows."""

import json

import pytest

from vigie.flows.ports.fetch import Response
from vigie.networks.bluesky.writing.refusals import budget, refused

NOW = 1_795_000_000_000


def answer(status: int, error: str = "", message: str = "", **headers: str) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(status, named, json.dumps({"error": error, "message": message}).encode(), "https://pds.example")


@pytest.mark.parametrize(
    ("status", "error", "code", "final", "doubtful"),
    [
        (400, "InvalidRequest", "refused", True, False),
        (400, "ExpiredToken", "bad-token", True, False),
        (400, "BlobTooLarge", "too-large", True, False),
        (401, "AuthenticationRequired", "bad-token", True, False),
        (401, "AuthFactorTokenRequired", "bad-token", True, False),
        (401, "AccountTakedown", "refused", True, False),
        (403, "Forbidden", "refused", True, False),
        (408, "", "timeout", False, True),
        (413, "PayloadTooLargeError", "too-large", True, False),
        (429, "RateLimitExceeded", "rate-limited", False, False),
        (500, "InternalServerError", "server-error", False, True),
        (502, "UpstreamFailure", "server-error", False, True),
        (418, "", "not-understood", False, True),
    ],
)
def test_each_refusal(status: int, error: str, code: str, final: bool, doubtful: bool) -> None:  # noqa: FBT001
    refusal = refused(answer(status, error, "in its own words"), NOW, doubtful=True)
    assert (refusal.code, refusal.final, refusal.doubtful) == (code, final, doubtful)
    assert refusal.detail == f"{status} {error} in its own words".replace("  ", " ")
    assert not refused(answer(status, error), NOW, doubtful=False).doubtful


def test_when_to_try_again() -> None:
    assert refused(answer(429, ratelimit_reset=str(NOW // 1000 + 60)), NOW, doubtful=True).retry_at == NOW + 60_000
    assert refused(answer(429, retry_after="30"), NOW, doubtful=True).retry_at == NOW + 30_000
    assert refused(answer(429, retry_after="9" * 40), NOW, doubtful=True).retry_at == NOW + 86_400_000
    assert refused(answer(429, retry_after="soon", ratelimit_reset="x"), NOW, doubtful=True).retry_at is None


def test_what_is_left() -> None:
    left = budget(answer(200, ratelimit_limit="5000", ratelimit_remaining="4997", ratelimit_reset="1795000060"))
    assert left is not None
    assert (left.left, left.of, left.resets_at) == (4997, 5000, 1_795_000_060_000)
    assert budget(answer(200)) is None


@pytest.mark.parametrize("body", [b"", b"<html>", b"[1]", b'{"error": 7}', b"\xff\xfe", b"[" * 100_000])
def test_words_that_nobody_understands(body: bytes) -> None:
    refusal = refused(Response(502, {}, body, "https://pds.example"), NOW, doubtful=True)
    assert (refusal.code, refusal.doubtful, refusal.detail) == ("server-error", True, "502")
