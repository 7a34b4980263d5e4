"""Frozen nouns that two rooms or more share. Standard library and msgspec only."""

from vigie.model.act import Act
from vigie.model.batch import AuthorChanged, AuthorGone, Batch, Deleted, Rejected
from vigie.model.draft import Attachment, Draft, Facts
from vigie.model.finding import SEVERITIES, Finding, Severity, Suppression, told
from vigie.model.mention import Kept, Mention, Sighting, Span
from vigie.model.post import Author, Media, Millis, Post
from vigie.model.saved_draft import Content, Decision, DraftState, DraftVersion, Raised, SavedDraft, Verdict
from vigie.model.source import SourceSpec, SourceState

__all__ = [
    "SEVERITIES",
    "Act",
    "Attachment",
    "Author",
    "AuthorChanged",
    "AuthorGone",
    "Batch",
    "Content",
    "Decision",
    "Deleted",
    "Draft",
    "DraftState",
    "DraftVersion",
    "Facts",
    "Finding",
    "Kept",
    "Media",
    "Mention",
    "Millis",
    "Post",
    "Raised",
    "Rejected",
    "SavedDraft",
    "Severity",
    "Sighting",
    "SourceSpec",
    "SourceState",
    "Span",
    "Suppression",
    "Verdict",
    "told",
]
