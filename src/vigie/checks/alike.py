"""Whether a name passes for another at a glance: one letter off, a figure for a letter, the same at another ending."""

from collections.abc import Iterable
from functools import cache

from vigie.checks.tables import table

_SHORTEST = 5
"""Letters of a name from which one letter off is a look-alike: ``orne`` and ``oree`` are two words."""
_CONFUSED = (("rn", "m"), ("vv", "w"), ("0", "o"), ("1", "l"), ("3", "e"), ("5", "s"), ("i", "l"), ("-", ""), ("_", ""))


def one_off(name: str, known: str) -> bool:
    """Whether one letter was put in, left out, changed or swapped with the next.

    >>> one_off("brulerrie", "brulerie"), one_off("brulreie", "brulerie"), one_off("brulerie", "brulerie")
    (True, True, False)
    """
    if name == known or abs(len(name) - len(known)) > 1:
        return False
    at = next((i for i, (a, b) in enumerate(zip(name, known, strict=False)) if a != b), min(len(name), len(known)))
    mine, theirs = name[at:], known[at:]
    return (
        mine[1:] == theirs
        or mine == theirs[1:]
        or mine[1:] == theirs[1:]
        or (mine[2:] == theirs[2:] and mine[:2] == theirs[1::-1])
    )


def passes_for(name: str, known: str) -> bool:
    """Whether a reader would take a name for a known one, that it is not.

    >>> passes_for("0ree", "oree"), passes_for("orne", "oree"), passes_for("bruleriedupont", "brulerie-du-port")
    (True, False, False)
    """
    if name == known:
        return False
    if _outline(name) == _outline(known):
        return True
    return max(len(name), len(known)) >= _SHORTEST and one_off(name, known)


def mimicked(host: str, known: Iterable[str]) -> str:
    """Which of some known domains a host of another passes for; empty when none, or when it is one of them.

    >>> ours = ("brulerie.example", "musee.example")
    >>> [mimicked(one, ours) for one in ("brullerie.example", "brulerie.com", "brulerie-promo.shop", "a.musee.example")]
    ['brulerie.example', 'brulerie.example', 'brulerie.example', '']
    """
    known = tuple(known)
    if any(host == one or host.endswith(f".{one}") for one in known):
        return ""
    return next((one for one in known if _mimics(host, one)), "")


def _mimics(host: str, known: str) -> bool:
    if f".{known}." in f".{host}":
        return True  # our whole address as the beginning of another's
    (name, whole), (known_name, known_whole) = _registered(host), _registered(known)
    if whole == known_whole:
        return False
    if passes_for(name, known_name):
        return True
    if len(known_name) < _SHORTEST:
        return False
    return name == known_name or name.startswith(f"{known_name}-") or name.endswith(f"-{known_name}")


def _registered(host: str) -> tuple[str, str]:
    """(the name that was registered, the same with its ending)."""
    labels = host.split(".")
    size = 3 if ".".join(labels[-2:]) in _endings() else 2
    return labels[-size] if len(labels) >= size else host, ".".join(labels[-size:])


@cache
def _endings() -> frozenset[str]:
    return frozenset(table("links")["endings"])


def _outline(name: str) -> str:
    for sign, seen in _CONFUSED:
        name = name.replace(sign, seen)
    return name
