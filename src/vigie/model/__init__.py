"""Frozen nouns that two rooms or more share. Standard library and msgspec only."""

from vigie.model.act import Act
from vigie.model.batch import AuthorChanged, AuthorGone, Batch, Deleted, Rejected
from vigie.model.mention import Kept, Mention, Sighting, Span
from vigie.model.post import Author, Media, Millis, Post
from vigie.model.source import SourceSpec, SourceState

__all__ = [
    "Act",
    "Author",
    "AuthorChanged",
    "AuthorGone",
    "Batch",
    "Deleted",
    "Kept",
    "Media",
    "Mention",
    "Millis",
    "Post",
    "Rejected",
    "Sighting",
    "SourceSpec",
    "SourceState",
    "Span",
]
