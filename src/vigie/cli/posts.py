"""A post given on a command line: its address, its text, or a line that another command has written."""

import sys

import msgspec

from vigie.cli.house import house
from vigie.cli.speak import fail
from vigie.flows.why import pasted, post_at
from vigie.model import Post
from vigie.settings import Settings
from vigie.wording import Wording


class _Line(msgspec.Struct):
    """What `search --json` and `watch --json` write: an object that has a post."""

    post: Post


def given_post(address: str, text: str, stdin: str, chosen: Settings, w: Wording) -> Post:
    """The post; the end of the command where there is none."""
    if sum(map(bool, (address, text, stdin))) != 1 or stdin not in {"", "-"}:
        fail(w("why.cli.post"), 2)
    if text:
        return pasted(text)
    if stdin:
        return _read(sys.stdin.buffer.read().decode("utf-8-sig", "replace"), w)
    with house(chosen) as vigie:
        archive = vigie.store.archive
        found = post_at(address, archive, archive.sample(), vigie.networks)
    if found is None:
        fail(w("why.error.not_kept"))
    return found


def _read(given: str, w: Wording) -> Post:
    """A JSON line with a post, or a post's JSON; whatever is not JSON is the post's text."""
    if not given.lstrip().startswith("{"):
        return pasted(given.rstrip("\n"))
    first = given.lstrip().partition("\n")[0]
    try:
        return msgspec.json.decode(first, type=_Line).post
    except msgspec.ValidationError:
        try:
            return msgspec.json.decode(first, type=Post)
        except msgspec.MsgspecError as error:
            fail(w("why.cli.unreadable_post", detail=str(error)), 2)
    except msgspec.DecodeError as error:
        fail(w("why.cli.unreadable_post", detail=str(error)), 2)
