"""Writing on a network with one account of the house."""

from collections.abc import Callable, Sequence
from typing import Literal, Protocol, TypeAlias

from msgspec import Struct

from vigie.flows.ports.fetch import Fetch, FetchError
from vigie.model import Author, Millis, Post, Span

WriteCode: TypeAlias = Literal[
    "unreachable",  # no connection, or it broke
    "timeout",
    "rate-limited",
    "server-error",
    "bad-token",  # the account must be connected again
    "refused",  # this post, for a reason that the network gives
    "too-long",
    "too-large",  # a picture
    "gone",  # the post answered or quoted is no longer there
    "unsupported",  # the network cannot do this
    "not-understood",
    "cannot-tell",  # the network shows nothing by which to know whether it has the post
    "not-connected",  # the channel has no account yet
    "picture-missing",  # its bytes are not in the home folder
    "interrupted",  # Vigie itself ended while it was sending
    "paused",  # the rest of a thread waits for a pause to end
]


class WriteError(Exception):
    """Something was not written, or may have been.

    Attributes:
        code: of `wording`, area ``publications`` (``error.rate-limited``).
        detail: what the other side said, in its own words, at most 300 characters.
        doubtful: the network may have done it nevertheless: read it back before any further try.
        again: from `Writer.find`: the network shows nothing by which to tell, but it still knows the key, so that
            writing the same one again makes no second post and gives back the first. Nothing else settles the doubt.
        retry_at: when the network allows another try, if it said so.
        final: trying again is useless until a person changes something.
    """

    def __init__(
        self,
        code: WriteCode,
        detail: str = "",
        *,
        doubtful: bool = False,
        again: bool = False,
        retry_at: Millis | None = None,
        final: bool = False,
    ) -> None:
        super().__init__(f"{code}: {detail}")
        self.code, self.detail = code, detail[:300]
        self.doubtful, self.again, self.retry_at, self.final = doubtful, again, retry_at, final


def unanswered(error: FetchError, *, doubtful: bool) -> WriteError:
    """What it means to a writer that nothing came back. ``doubtful``: what was asked changes something there."""
    doubtful = doubtful and error.sent
    if error.code == "timeout":
        return WriteError("timeout", error.detail, doubtful=doubtful)
    wrong_address = error.code in {"private-address", "bad-address"}
    return WriteError("unreachable", error.detail, doubtful=doubtful, final=wrong_address)


class Grant(Struct, frozen=True, omit_defaults=True):
    """How one account is reached and proved, kept encrypted in the vault under ``channel:ID``.

    Attributes:
        service: address of the account's server: ``https://bsky.social``, ``https://masto.example``.
        login: handle, DID or e-mail; empty where the secret alone says who it is.
        secret: app password or access token.
        account_id: the network's lasting identifier, once known.
        session: tokens that the network gave in exchange, as the network's folder writes them.
        expires_at: when the network ends it; None when it does not say.
    """

    service: str
    secret: str
    login: str = ""
    account_id: str = ""
    session: str = ""
    expires_at: Millis | None = None


class Receipt(Struct, frozen=True, omit_defaults=True):
    """A post as it stands on the network; ``version`` is Bluesky's CID, empty elsewhere.

    ``altered``: found under our key, and not as we wrote it: somebody has changed it since.
    """

    remote_id: str
    version: str = ""
    url: str = ""
    altered: bool = False


class Upload(Struct, frozen=True):
    """A picture with its description. ``width`` and ``height`` in pixels, 0 when unknown."""

    content: bytes
    type: str
    alt: str = ""
    width: int = 0
    height: int = 0


class Wanted(Struct, frozen=True):
    """One post to write. The same ``Wanted`` is written once however often it is handed over (see `Writer.write`).

    Attributes:
        key: from `Writer.new_key`, stored before the first try.
        created_at: the instant before the first try (of its first claim), which the post bears where the network lets
            us say; the same at each try. Mastodon forgets keys an hour after it.
        parent, root: the post answered, and the first of its thread; both or none.
    """

    key: str
    text: str
    created_at: Millis
    language: str = ""
    media: tuple[Upload, ...] = ()
    parent: Receipt | None = None
    root: Receipt | None = None
    quotes: Receipt | None = None


class Facet(Struct, frozen=True):
    """Some characters that the network shows as a link, a mention or a tag. ``target``: address, account id, tag."""

    span: Span
    kind: Literal["link", "mention", "tag"]
    target: str


class Shown(Struct, frozen=True):
    """A text exactly as it will be sent, with what is live in it. ``length`` and ``limit`` as the network counts."""

    text: str
    facets: tuple[Facet, ...]
    length: int
    limit: int


class Budget(Struct, frozen=True):
    """What the network still lets us write. None where it has not said."""

    left: int | None = None
    of: int | None = None
    resets_at: Millis | None = None


class Standing(Struct, frozen=True):
    """The account as its network sees it now."""

    author: Author
    budget: Budget = Budget()
    expires_at: Millis | None = None


class Writer(Protocol):
    """One account. Every method but `new_key` and `shown` asks the network and raises WriteError."""

    def new_key(self, now: Millis) -> str:
        """A key that no other post of this account has or will have."""
        ...

    async def shown(self, text: str) -> Shown:
        """How a text will be sent; mentions are looked up, those that do not exist are no facets."""
        ...

    async def resolve(self, post: Post) -> tuple[Receipt, Receipt]:
        """(the post, the first of its thread) as they are referred to in an answer or quote. Raises ``gone``."""
        ...

    async def write(self, wanted: Wanted) -> Receipt:
        """Writes it once: handing the same one over again, after whatever error, never makes a second post."""
        ...

    async def find(self, wanted: Wanted) -> Receipt | None:
        """Reads the network back: the post that stands under this key, or None when it is certainly not there.

        Two posts are never told apart by their text. Raises WriteError, ``doubtful``, when the network cannot say;
        ``again`` when `write` would.
        """
        ...

    async def edit(self, receipt: Receipt, wanted: Wanted) -> Receipt:
        """Changes a post. Raises ``unsupported`` where the network knows no edits."""
        ...

    async def erase(self, receipt: Receipt) -> None:
        """Takes it back; one that is not there any more is no error."""
        ...

    async def stands(self, remote_ids: Sequence[str]) -> dict[str, bool]:
        """Whether each of these posts of ours is on the network."""
        ...

    async def standing(self) -> Standing:
        """Proves that we can write now."""
        ...

    async def close(self) -> None: ...


class WriteTools(Struct, frozen=True):
    """What `app` hands over.

    Attributes:
        fetch: guarded: private addresses only where the settings allow.
        chance: 0..1, from a source that nobody can foretell.
        seconds: how long an answer may take before it is doubtful.
        folder: where a network may keep files of its own; empty: nowhere (the demo then forgets with its writer, which
            is how a rehearsal writes).
    """

    fetch: Fetch
    clock: Callable[[], Millis]
    chance: Callable[[], float]
    seconds: float = 20.0
    folder: str = ""


class Invitation(Struct, frozen=True):
    """A page of the network where a person lets Vigie in; what is needed afterwards, to be kept secret until then.

    Attributes:
        url: the page. It ends by showing a code, or by leading back to ``returns_to`` with ``code`` and ``state``.
        state: what must come back with the code; anything else was not asked for by us.
    """

    service: str
    url: str
    state: str
    returns_to: str
    client_id: str
    client_secret: str
    verifier: str


class Writing(Protocol):
    """What a network's folder offers besides reading, as ``WRITING``; folders without it cannot write."""

    name: str
    keeps_edits: bool
    """Whether published posts can be changed."""

    def writer(self, grant: Grant, keep: Callable[[Grant], None], tools: WriteTools) -> Writer:
        """``keep`` stores a grant whose session has changed, before the new tokens are used for anything else."""
        ...

    async def connect(self, service: str, login: str, secret: str, tools: WriteTools) -> tuple[Grant, Standing]:
        """A grant from what a person gave (app password, access token). Raises WriteError: ``bad-token``..."""
        ...

    async def invite(self, service: str, returns_to: str, tools: WriteTools) -> Invitation:
        """Begins where the network lets people in by a page of its own. ``returns_to``: address of a page of ours;
        empty: the network shows the code. Raises ``unsupported`` where `connect` is the only way."""
        ...

    async def accept(self, invitation: Invitation, code: str, tools: WriteTools) -> tuple[Grant, Standing]:
        """Ends it with the code. Raises WriteError: ``bad-token`` for a code that is none, or is no longer."""
        ...
