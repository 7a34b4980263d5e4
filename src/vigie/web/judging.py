"""The charter compiled for reviewing drafts: made once for each version of it."""

from collections.abc import Callable
from threading import Lock

from msgspec import Struct

from vigie.charter import Charter
from vigie.judge.review import Policy, policy
from vigie.query import PlainMatcher
from vigie.text.language import detector
from vigie.wording import LANGS


class Judge(Struct, frozen=True):
    """What drafts are held against, and what tells their language."""

    policy: Policy
    detect: Callable[[str], str]

    @property
    def rules(self) -> frozenset[str]:
        """Ids of everything that may speak: checks that are on, and the house's rules."""
        found = [one.check.id for one in self.policy.checks]
        return frozenset([*found, *(one.id for one in (self.policy.charter.rules if self.policy.charter else ()))])


class Judging:
    """The last one made. Making one takes a second or two: whoever asks meanwhile waits for it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._of = ""
        self._judge: Judge | None = None

    def of(self, charter: Charter | None) -> Judge:
        """For this charter; for none, every check as it comes."""
        digest = charter.digest if charter else "none"
        with self._lock:
            if self._judge is None or digest != self._of:
                languages = charter.company.languages if charter else LANGS
                # one draft at a time: reading the phrases one by one is quicker than compiling them
                self._judge, self._of = Judge(policy(charter, PlainMatcher), detector(tuple(languages))), digest
            return self._judge
