"""The second factor: a code that changes every thirty seconds, and ten codes for the day the phone is lost."""

import hmac
import secrets
from hashlib import sha256

import pyotp
import segno

from vigie.flows.ports.accounts import Accounts
from vigie.flows.ports.vault import Vault
from vigie.model import Millis

STEP = 30
CODES = 10
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def new_secret() -> str:
    """160 bits, as authenticator apps take them."""
    return pyotp.random_base32()


def setup_uri(secret: str, login: str, company: str) -> str:
    """What the picture holds; apps list it under the company's name."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=f"Vigie {company}".strip())


def picture(uri: str) -> str:
    """A QR code as the address of an inline picture."""
    return segno.make(uri, error="m").svg_data_uri(border=2)


def right_code(secret: str, code: str, now: Millis) -> int | None:
    """The step that a code belongs to, one step early or late allowed; None for a wrong one."""
    digits = "".join(code.split())
    totp = pyotp.TOTP(secret)
    for step in (0, -1, 1):
        at = now // 1000 + step * STEP
        if hmac.compare_digest(totp.at(at).encode(), digits.encode()):
            return at // STEP
    return None


def accept(accounts: Accounts, vault: Vault, login: str, secret: str, code: str, now: Millis) -> bool:
    """Whether this code opens the door now. No code works twice; a recovery code is crossed out."""
    step = right_code(secret, code, now)
    if step is not None:
        return accounts.remember_answer(f"totp:{login}:{step}", "", b"used", now) is None
    return _cross_out(vault, login, code)


def new_recovery_codes(vault: Vault, login: str) -> list[str]:
    """Ten codes to print, in place of older ones; we keep their digests."""
    codes = ["-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3)) for _ in range(CODES)]
    vault.put(_name(login), " ".join(_digest(code) for code in codes))
    return codes


def recovery_codes_left(vault: Vault, login: str) -> int:
    """How many can still be used."""
    return len(vault.get(_name(login)).split())


def forget(vault: Vault, login: str) -> None:
    """The second factor was taken off: its recovery codes go with it."""
    vault.drop(_name(login))


def _cross_out(vault: Vault, login: str, code: str) -> bool:
    left = vault.get(_name(login)).split()
    digest = _digest(code)
    if digest not in left:
        return False
    left.remove(digest)
    vault.put(_name(login), " ".join(left))
    return True


def _name(login: str) -> str:
    return f"recovery:{login}"


def _digest(code: str) -> str:
    # 59 bits drawn by us: a fast digest is enough, there is no dictionary to try.
    return sha256("".join(sign for sign in code.lower() if sign.isalnum()).encode()).hexdigest()
