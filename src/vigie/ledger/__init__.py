"""The ledger: acts chained by their digests, sealed by signed checkpoints, verified without anything else of Vigie."""

from vigie.ledger.chain import ORIGIN, Entry, canonical, digest, link
from vigie.ledger.seal import Checkpoint, Seal, fingerprint, seal
from vigie.ledger.verify import Fault, Verdict, verify

__all__ = [
    "ORIGIN",
    "Checkpoint",
    "Entry",
    "Fault",
    "Seal",
    "Verdict",
    "canonical",
    "digest",
    "fingerprint",
    "link",
    "seal",
    "verify",
]
