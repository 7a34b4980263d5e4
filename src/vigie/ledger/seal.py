"""Checkpoints: now and then the chain's end is signed, so that whoever rewrites all of it is found out too."""

from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from msgspec import Struct

from vigie.ledger.chain import canonical
from vigie.model import Millis


class Checkpoint(Struct, frozen=True, kw_only=True):
    """What is signed: after so many entries, at that time, the chain ended so."""

    n: int
    digest: str
    at: Millis


class Seal(Struct, frozen=True, kw_only=True):
    """A signed checkpoint.

    Attributes:
        key: the public key (RFC 8032 Ed25519, 32 bytes), in hex.
        signature: over the canonical JSON of ``checkpoint``, 64 bytes in hex.
    """

    checkpoint: Checkpoint
    key: str
    signature: str

    def holds(self) -> bool:
        """Whether the signature is that key's."""
        try:
            known = Ed25519PublicKey.from_public_bytes(bytes.fromhex(self.key))
            known.verify(bytes.fromhex(self.signature), canonical(self.checkpoint))
        except (InvalidSignature, ValueError):
            return False
        return True


def seal(checkpoint: Checkpoint, secret: bytes) -> Seal:
    """Signs a checkpoint; ``secret`` are the private key's 32 bytes."""
    signer = Ed25519PrivateKey.from_private_bytes(secret)
    return Seal(
        checkpoint=checkpoint,
        key=signer.public_key().public_bytes_raw().hex(),
        signature=signer.sign(canonical(checkpoint)).hex(),
    )


def fingerprint(key: str) -> str:
    """A public key as people compare it aloud: eight groups of four characters.

    >>> fingerprint("00" * 32)
    '6668 7aad f862 bd77 6c8f c18b 8e9f 8e20'
    """
    whole = sha256(bytes.fromhex(key)).hexdigest()[:32]
    return " ".join(whole[at : at + 4] for at in range(0, 32, 4))
