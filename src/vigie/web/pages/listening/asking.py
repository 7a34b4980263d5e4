"""What somebody asks on the page of reasons: which query, which post, and whether there are such."""

from msgspec import Struct

from vigie.flows import queries as flow
from vigie.flows.queries import Examined
from vigie.flows.why import is_address, pasted, post_at
from vigie.model import Mention, Post
from vigie.query import Query
from vigie.web.house import House
from vigie.web.pages.listening.watching import watched_by
from vigie.web.pages.queries.sample import SAMPLE

LONGEST_QUERY = 60_000
LONGEST_POST = 20_000
LANGUAGES = ("fr", "en", "br", "de", "es", "it", "ja", "nl", "pt")
"""Of pasted text: those that the filters of the log have names for."""


class Question(Struct, frozen=True):
    """What is asked.

    Attributes:
        query: id of a query of the charter; empty for the one in ``match``, and for all that a mention was found by.
        mention, key, said: the post, by its number in the archive, by its address or identifier, or what was typed:
            its text or its address.
        lang: of a text.
    """

    query: str = ""
    match: str = ""
    mention: int | None = None
    key: str = ""
    said: str = ""
    lang: str = ""

    @property
    def empty(self) -> bool:
        """Nothing is asked yet: no post, and no query that was typed."""
        return self.mention is None and not (self.key or self.said or self.match)


class Subject(Struct, frozen=True):
    """The post. ``typed``: only its words are known."""

    post: Post
    mention: Mention | None = None
    typed: bool = False

    @property
    def gone(self) -> bool:
        """It was taken back on its network: its words are not there."""
        return self.mention is not None and self.mention.gone_at is not None


class Asked(Struct, frozen=True):
    """What was found for a question; ``errors`` by field, as message ids of the area ``why.error``.

    Attributes:
        queries: by id; the empty id for the one that was typed.
        typed: what the parser says of the one that was typed.
    """

    subject: Subject | None
    queries: dict[str, Query]
    errors: dict[str, str]
    typed: Examined | None = None


def asked(question: Question, house: House) -> Asked:
    """Looks for the post and the queries."""
    errors: dict[str, str] = {}
    subject = _subject(question, house)
    if subject is None:
        address = question.mention is not None or question.key or is_address(question.said)
        errors["post"] = "not_kept" if address else "no_post"
    typed = None
    if question.query:
        known = watched_by(house).parsed
        queries = {question.query: known[question.query]} if question.query in known else {}
        if not queries:
            errors["query"] = "query_gone"
    elif question.match:
        typed = flow.examine(question.match, "", flow.named(house.charter()))
        queries = {"": typed.query} if typed.query else {}
    else:
        queries = _matched(subject, house)
        if not queries and not (subject and subject.mention):
            errors["query"] = "no_query"
    return Asked(subject, queries, errors, typed)


def _subject(question: Question, house: House) -> Subject | None:
    archive = house.archive
    if question.mention is not None:
        mention = archive.mention(question.mention)
        return Subject(mention.post, mention) if mention else None
    key = question.key or (question.said if is_address(question.said) else "")
    if key:
        sample, _ = SAMPLE.posts(archive, house.clock())
        found = post_at(key, archive, sample, house.networks)
        return Subject(found, archive.mention_of(found.network, found.remote_id)) if found else None
    return Subject(pasted(question.said, question.lang), typed=True) if question.said else None


def _matched(subject: Subject | None, house: House) -> dict[str, Query]:
    """The queries that a mention was found by and that the charter still has."""
    known = watched_by(house).parsed
    names = subject.mention.queries if subject and subject.mention else ()
    return {name: known[name] for name in names if name in known}
