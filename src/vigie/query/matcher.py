"""Thin stand-in while the kernel is made."""

from vigie.query.plain import PlainMatcher as Matcher

__all__ = ["Matcher"]
