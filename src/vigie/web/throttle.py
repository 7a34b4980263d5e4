"""Slows down those who guess passwords, by login and by address, without a lasting lock."""

from litestar.exceptions import TooManyRequestsException

from vigie.flows.ports.accounts import Accounts
from vigie.model import Millis

WINDOW: Millis = 15 * 60_000
PER_LOGIN = 10
"""Wrong passwords for one account in the window; a person who forgot theirs tries five or so."""
PER_ADDRESS = 40
"""The same for one address, where a whole office may sit behind a router."""


def check(accounts: Accounts, login: str, address: str, now: Millis) -> None:
    """Raises TooManyRequestsException with the time to wait."""
    since = now - WINDOW
    if accounts.failures(f"login:{login}", since) < PER_LOGIN and (
        not address or accounts.failures(f"address:{address}", since) < PER_ADDRESS
    ):
        return
    raise TooManyRequestsException(
        headers={"Retry-After": str(WINDOW // 1000)}, extra={"wait": WINDOW, "reason": "many-logins"}
    )


def failed(accounts: Accounts, login: str, address: str, now: Millis) -> None:
    """Counts a wrong password or code."""
    accounts.add_failure(f"login:{login}", now)
    if address:
        accounts.add_failure(f"address:{address}", now)
