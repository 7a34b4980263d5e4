"""Makes storable what no database takes: half surrogate pairs, numbers beyond 64 bits."""

from typing import Any, TypeVar

import msgspec
from msgspec import Struct, structs

from vigie.model import Post

_LIMIT = 2**63 - 1
_Noun = TypeVar("_Noun", bound=Struct)


def storable(said: Post) -> Post:
    """The post itself, or a mended copy of it."""
    try:
        msgspec.json.encode(said)
    except UnicodeEncodeError:
        return _mended(said)
    who = said.author
    counts = (who.followers, who.following, who.posts, who.created_at, said.created_at, said.edited_at)
    return said if all(count is None or abs(count) <= _LIMIT for count in counts) else _mended(said)


def _mended(noun: _Noun) -> _Noun:
    return structs.replace(noun, **{name: _value(getattr(noun, name)) for name in noun.__struct_fields__})


def _value(value: Any) -> Any:
    match value:
        case str():
            return value.encode("utf-8", "replace").decode()
        case bool():
            return value
        case int():
            return max(-_LIMIT, min(value, _LIMIT))
        case tuple():
            return tuple(_value(one) for one in value)
        case Struct():
            return _mended(value)
    return value
