"""Connect a channel to its account: prove that we can write, and that it is the account that the charter names."""

from functools import partial

from vigie.charter import Channel, Charter
from vigie.flows.drafts import Doing
from vigie.flows.ports.archive import Acts
from vigie.flows.ports.keyring import Keyring
from vigie.flows.ports.writer import Grant, Invitation, Standing, WriteError, WriteTools, Writing
from vigie.flows.standing import Known, Watched, stands
from vigie.model import Act


class WrongAccountError(Exception):
    """What was given opens another account than the charter's. Nothing was kept."""

    def __init__(self, expected: str, found: str) -> None:
        super().__init__(f"{found}, {expected} expected")
        self.expected, self.found = expected, found


def server_of(channel: Channel) -> str:
    """Address of the account's server where its handle says it (``brulerie@masto.example``); else empty."""
    _, at, host = channel.account.lstrip("@").partition("@")
    return f"https://{host}" if at else ""


async def invited(
    writing: Writing, channel: Channel, service: str, returns_to: str, tools: WriteTools
) -> Invitation | None:
    """A page of the network where a person lets Vigie in; None where only an app password does. Raises WriteError."""
    try:
        return await writing.invite(service or server_of(channel), returns_to, tools)
    except WriteError as error:
        if error.code != "unsupported":
            raise
        return None


async def accepted(
    writing: Writing, channel: Channel, invitation: Invitation, code: str, tools: WriteTools
) -> tuple[Grant, Standing]:
    """What the code opens. Raises WriteError, WrongAccountError."""
    grant, standing = await writing.accept(invitation, code, tools)
    return checked(channel, grant, standing)


async def connected(
    writing: Writing, channel: Channel, service: str, login: str, secret: str, tools: WriteTools
) -> tuple[Grant, Standing]:
    """What a login and an app password or access token open. Raises WriteError, WrongAccountError."""
    login = login or channel.account
    grant, standing = await writing.connect(service or server_of(channel), login, secret, tools)
    return checked(channel, grant, standing)


async def proved(keyring: Keyring, channel: Channel) -> Standing:
    """The account as its network sees it now. Raises WriteError: ``not-connected``, ``unsupported``..."""
    grant, writing = keyring.grant(channel.id), keyring.writing(channel)
    if grant is None:
        raise WriteError("not-connected", channel.id)
    if writing is None:
        raise WriteError("unsupported", channel.network, final=True)
    writer = writing.writer(grant, partial(keyring.keep_grant, channel.id), keyring.write_tools())
    try:
        return await writer.standing()
    finally:
        await writer.close()


def kept(
    keyring: Keyring,
    watched: Watched,
    acts: Acts,
    charter: Charter | None,
    channel: Channel,
    opens: tuple[Grant, Standing],
    by: Doing,
) -> Known:
    """Keeps what `connected` or `accepted` gave: from now on Vigie writes with it."""
    grant, standing = opens
    keyring.keep_grant(channel.id, grant)
    acts.record(_act("connected", channel, by))
    return stands(watched, charter, channel.id, standing, by.now)


def let_go(keyring: Keyring, acts: Acts, channel: Channel, by: Doing) -> Grant | None:
    """Forgets a channel's secrets, and gives what was forgotten; None when there was nothing."""
    grant = keyring.grant(channel.id)
    if grant is not None:
        keyring.keep_grant(channel.id, None)
        acts.record(_act("disconnected", channel, by))
    return grant


def taken_back(keyring: Keyring, acts: Acts, channel: Channel, grant: Grant, by: Doing) -> bool:
    """Connects again what was just let go; False when the channel has another grant since."""
    if keyring.grant(channel.id) is not None:
        return False
    keyring.keep_grant(channel.id, grant)
    acts.record(_act("connected", channel, by))
    return True


def checked(channel: Channel, grant: Grant, standing: Standing) -> tuple[Grant, Standing]:
    """The same, when it is the account that the charter names. Raises WrongAccountError."""
    author = standing.author
    if channel.account_id and channel.account_id == author.id:
        return grant, standing
    wanted = channel.account.lower().lstrip("@")
    if channel.account_id or not _same(wanted, author.handle.lower().lstrip("@")):
        raise WrongAccountError(channel.account, author.handle or author.id)
    return grant, standing


def _act(verb: str, channel: Channel, by: Doing) -> Act:
    return Act(by.now, by.who, f"channel.{verb}", f"channel:{channel.id}", "", by.charter, {"network": channel.network})


def _same(wanted: str, found: str) -> bool:
    """A handle without its server is enough where the network gives it so."""
    return wanted == found or wanted.partition("@")[0] == found or wanted == found.partition("@")[0]
