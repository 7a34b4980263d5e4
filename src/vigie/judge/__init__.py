"""Judging is a pure function over batches: `screen` for what others say."""

from vigie.judge.screen import Watch, screen

__all__ = ["Watch", "screen"]
