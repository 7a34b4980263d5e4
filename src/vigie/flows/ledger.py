"""The ledger as a house uses it: sealed now and then, given out whole, verified by anybody."""

from collections.abc import Iterator

import msgspec

from vigie.flows.ports.archive import Acts
from vigie.ledger import Checkpoint, Seal, seal
from vigie.model import Millis


def seal_end(acts: Acts, secret: bytes, now: Millis) -> Seal | None:
    """Signs where the chain ends now, unless it is signed there; None for an empty ledger. ``secret``: 32 bytes."""
    number, digest = acts.end()
    if number == 0:
        return None
    known = acts.seals()
    if known and known[-1].checkpoint.n == number:
        return known[-1]
    made = seal(Checkpoint(n=number, digest=digest, at=now), secret)
    acts.set_seal(made)
    return made


def export(acts: Acts, secret: bytes, now: Millis) -> Iterator[bytes]:
    """The ledger as lines of JSON, as `vigie.ledger.verify` reads them; sealed at its end."""
    seal_end(acts, secret, now)
    seals = {one.checkpoint.n: one for one in acts.seals()}
    last = max(seals, default=0)
    for entry, digest in acts.entries():
        if entry.n > last:  # written meanwhile; under the next seal
            return
        yield msgspec.json.encode({"entry": entry, "digest": digest}) + b"\n"
        if entry.n in seals:
            yield msgspec.json.encode({"seal": seals[entry.n]}) + b"\n"
