"""Passwords: argon2id, a bounded number at once, and what a new one must be."""

import secrets
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

SHORTEST = 10
"""Characters; length is what counts (NIST SP 800-63B rev. 4 asks for 8 with a second factor, 15 without one)."""

LONGEST = 200
"""Characters; nobody needs more, and hashing is paid by us."""

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another

# 32 MiB and three passes: above OWASP's least of 19 MiB and two, and two at once stay under 64 MiB on a small machine.
_hasher = PasswordHasher(time_cost=3, memory_cost=32 * 1024, parallelism=1)
_room = BoundedSemaphore(2)


@cache
def _nobody() -> str:
    """What is compared when there is no such account; made at the first login, not at each start."""
    return _hasher.hash("nobody")


def hash_password(password: str) -> str:
    """The argon2id string to store."""
    with _room:
        return _hasher.hash(password)


def right_password(stored: str, password: str) -> bool:
    """Whether the password is the stored one. An empty ``stored`` (no such account) takes as long as any other."""
    if len(password) > LONGEST:
        return False
    with _room:
        try:
            return _hasher.verify(stored or _nobody(), password) and bool(stored)
        except (Argon2Error, InvalidHashError):
            return False


def generated() -> str:
    """A password to print once: four groups of four, 79 bits."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


def weakness(password: str, login: str) -> str:
    """Why a new password is refused: a code of `wording` (area ``account``), or empty."""
    if len(password) < SHORTEST:
        return "account.password.short"
    if len(password) > LONGEST:
        return "account.password.long"
    if len(set(password)) < SHORTEST // 2 or (login and login in password.casefold()):
        return "account.password.guessable"
    return ""
