"""The first start of a home folder: the demo's charter if asked for, and an owner whose password is said once."""

from msgspec import Struct, structs

from vigie.app.clock import now
from vigie.app.opened import Opened
from vigie.app.pulse import PulseFile
from vigie.flows.ports.pulse import Pulse
from vigie.flows.ports.writer import Grant
from vigie.model import Act, Millis
from vigie.web import second_factor
from vigie.web.invite import create_owner
from vigie.web.passwords import generated, hash_password
from vigie.world import charter as demo_charter

DEMO_OWNER = "maelle"
OWNER = "owner"


class NotEmptyError(Exception):
    """The demo was asked for in a home folder that has a charter of its own."""


class FirstRun(Struct, frozen=True):
    """What was made now. ``password`` is empty when the owner's account was there already."""

    login: str
    password: str
    demo: bool


def prepare(opened: Opened, *, demo: bool) -> FirstRun:
    """Makes the home folder ready; doing it again changes nothing.

    Raises:
        NotEmptyError: see there.
        CharterError: the charter's file has mistakes.
    """
    charter = opened.charter()
    if demo and charter is None:
        text = demo_charter(("fr", "en"))
        opened.charter_file.write(text, over="", act=Act(now(), "vigie", "charter.created", "charter", why="demo"))
        charter = opened.charter()
        for channel in charter.channels if charter else ():  # they need no secret: nothing leaves the house
            opened.keep_grant(channel.id, Grant("demo", "", channel.account))
    is_demo = opened.is_demo()
    if demo and not is_demo:
        raise NotEmptyError
    # the roles start after this: no page says meanwhile that they are not running
    PulseFile(opened.run_folder, "listen").beat(Pulse("listen", now()))
    accounts = opened.store.accounts
    present = accounts.all()
    if present:
        return FirstRun(present[0].login, "", is_demo)
    person = DEMO_OWNER if is_demo else OWNER
    if charter is not None and all(one.id != person for one in charter.people):
        person = next((one.id for one in charter.people if "owner" in one.roles), person)
    return FirstRun(person, create_owner(accounts, person, now()), is_demo)


def reset_password(opened: Opened, login: str, at: Millis) -> str:
    """A new password for an account that exists, to be said once; its sessions, tokens and second factor go."""
    accounts = opened.store.accounts
    account = accounts.get(login)
    if account is None:
        raise KeyError(login)
    password = generated()
    act = Act(at, "vigie", "account.reset", f"account:{login}", why="command line")
    accounts.change(structs.replace(account, password_hash=hash_password(password), totp="", disabled=False), act)
    second_factor.forget(opened.vault, login)
    accounts.close_sessions([session.digest for session in accounts.sessions(login)], act)
    for token in accounts.tokens(login):
        accounts.drop_token(token.id, act)
    return password
