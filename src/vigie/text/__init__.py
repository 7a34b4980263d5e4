"""The one way to fold, tokenise and hash text; everything that searches words goes through here."""

from vigie.text.chars import fold, kind
from vigie.text.tokens import TEXT_CAP, Token, tokenise

__all__ = ["TEXT_CAP", "Token", "fold", "kind", "tokenise"]
