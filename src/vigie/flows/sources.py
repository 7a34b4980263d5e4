"""Sources as a person works on them: the board with each one's state, and adding, changing, removing one."""

from collections.abc import Callable, Mapping, Sequence
from typing import Literal, TypeAlias

from msgspec import Struct

from vigie.charter import Charter
from vigie.charter import edit as charter_edit
from vigie.flows.ports.charter_file import CharterFile
from vigie.flows.ports.network import Network
from vigie.flows.ports.vault import Vault
from vigie.flows.rewrite import Rewritten, rewrite
from vigie.model import Act, Millis, SourceSpec, SourceState

Health: TypeAlias = Literal["well", "slow", "down", "waiting", "ended"]
SLOW: Millis = 120_000
"""A stream that is this far behind what happens on its network is slow."""
FRESH: Millis = 3_600_000
"""An event older than this tells that the place is quiet, not that Vigie is late."""


_TOKENS = "source:"


class Row(Struct, frozen=True):
    """A source of the charter and how it is."""

    spec: SourceSpec
    state: SourceState
    health: Health
    lag: Millis | None
    has_token: bool = False
    needs_token: bool = False

    @property
    def rejected(self) -> int:
        """Events that nobody could read, all reasons together."""
        return sum(self.state.rejected.values())


class SourceGoneError(Exception):
    """The source to be changed or removed is no longer in the charter."""


class SourceTakenError(Exception):
    """A new source asks for an id that another one has."""


def token_name(id: str) -> str:
    """Under which name the vault keeps a source's token."""
    return _TOKENS + id


def lag(state: SourceState, now: Millis) -> Millis | None:
    """How far behind its network a source is; None where that cannot be told.

    A feed whose last entry is from last week is quiet, not late.
    """
    if state.latest is None or state.state != "reading":
        return None
    behind = max(0, now - state.latest)
    return behind if behind < FRESH else None


def health(state: SourceState, now: Millis) -> Health:
    """One word for how a source is."""
    if state.state == "waiting":
        return "waiting"
    if state.state == "retrying":
        return "down"
    if state.state == "stopped":
        return "down" if state.error else "ended"
    behind = lag(state, now)
    return "slow" if behind is not None and behind > SLOW else "well"


def board(
    charter: Charter | None,
    states: Sequence[SourceState],
    networks: Mapping[str, Network],
    tokens: Sequence[str],
    now: Millis,
) -> tuple[Row, ...]:
    """One row a source of the charter, in its order. A source never read yet is waiting."""
    known = {state.id: state for state in states}
    rows = []
    for spec in charter.listening.sources if charter else ():
        state = known.get(spec.id) or SourceState(spec.id, spec.network, spec.address)
        network = networks.get(spec.network)
        rows.append(
            Row(
                spec=spec,
                state=state,
                health=health(state, now),
                lag=lag(state, now),
                has_token=token_name(spec.id) in tokens,
                needs_token=network is not None and network.needs_token,
            )
        )
    return tuple(rows)


def specified(charter: Charter | None, id: str) -> SourceSpec | None:
    """A source of the charter."""
    return next((spec for spec in charter.listening.sources if spec.id == id), None) if charter else None


def free_id(charter: Charter | None, wish: str) -> str:
    """An id that no source has yet: the wish, or the wish with a number.

    >>> free_id(None, "bluesky")
    'bluesky'
    """
    taken = {spec.id for spec in charter.listening.sources} if charter else set()
    if wish not in taken:
        return wish
    return next(f"{wish}-{number}" for number in range(2, len(taken) + 3) if f"{wish}-{number}" not in taken)


def put(
    file: CharterFile,
    vault: Vault,
    spec: SourceSpec,
    *,
    new: bool,
    token: str,
    parse_charter: Callable[[str], Charter],
    who: str,
    now: Millis,
) -> Rewritten:
    """Writes a source into the charter and its token, when one was given, into the vault. An empty token keeps the old.

    Raises:
        SourceTakenError, SourceGoneError: the id is another's, or no longer there.
        CharterError: what is wrong with the source, or with the file.
        CharterMovedError: the file keeps moving.
    """

    def change(text: str) -> str:
        there = specified(parse_charter(text), spec.id) is not None
        if new and there:
            raise SourceTakenError
        if not new and not there:
            raise SourceGoneError
        return charter_edit.put_source(text, spec)

    verb = "source.added" if new else "source.changed"
    act = Act(at=now, who=who, verb=verb, what=f"source:{spec.id}", details={"token": bool(token)})
    done = rewrite(file, change, parse_charter, act)
    if token:
        vault.put(token_name(spec.id), token)
    elif new:
        vault.drop(token_name(spec.id))  # that of a source of the same id, removed before
    return done


def remove(
    file: CharterFile, vault: Vault, id: str, *, parse_charter: Callable[[str], Charter], who: str, now: Millis
) -> Rewritten:
    """Takes a source out of the charter; what it brought stays. Its token stays for the undo; it goes with the next
    source that is removed, or when a new one takes the id.

    Raises:
        SourceGoneError: it is not there any more.
        CharterError: the file cannot be read without it.
        CharterMovedError: the file keeps moving.
    """

    def change(text: str) -> str:
        if specified(parse_charter(text), id) is None:
            raise SourceGoneError
        return charter_edit.drop_source(text, id)

    act = Act(at=now, who=who, verb="source.removed", what=f"source:{id}")
    done = rewrite(file, change, parse_charter, act)
    used = {token_name(spec.id) for spec in parse_charter(done.before).listening.sources}
    for name in vault.names():
        if name.startswith(_TOKENS) and name not in used:
            vault.drop(name)
    return done
