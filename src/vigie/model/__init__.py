"""Frozen nouns that two rooms or more share. Standard library and msgspec only."""

from vigie.model.act import Act
from vigie.model.approval import Approval, Opinion, Remark
from vigie.model.batch import AuthorChanged, AuthorGone, Batch, Deleted, Rejected
from vigie.model.draft import Attachment, Draft, Facts
from vigie.model.finding import SEVERITIES, Finding, Severity, Suppression, told
from vigie.model.incident import Evidence, Happening, Incident, IncidentState, Origin, Task
from vigie.model.mention import Kept, Mention, Sighting, Span
from vigie.model.notice import Delivery, DeliveryState, Means, Notice, Urgency
from vigie.model.post import Author, Media, Millis, Post
from vigie.model.publication import (
    Fate,
    HeldChoice,
    Outgoing,
    Pause,
    Piece,
    Publication,
    PublicationState,
    RecallState,
    Release,
    Repeat,
    Sent,
)
from vigie.model.saved_draft import Content, Decision, DraftState, DraftVersion, Raised, SavedDraft, Verdict
from vigie.model.source import SourceSpec, SourceState

__all__ = [
    "SEVERITIES",
    "Act",
    "Approval",
    "Attachment",
    "Author",
    "AuthorChanged",
    "AuthorGone",
    "Batch",
    "Content",
    "Decision",
    "Deleted",
    "Delivery",
    "DeliveryState",
    "Draft",
    "DraftState",
    "DraftVersion",
    "Evidence",
    "Facts",
    "Fate",
    "Finding",
    "Happening",
    "HeldChoice",
    "Incident",
    "IncidentState",
    "Kept",
    "Means",
    "Media",
    "Mention",
    "Millis",
    "Notice",
    "Opinion",
    "Origin",
    "Outgoing",
    "Pause",
    "Piece",
    "Post",
    "Publication",
    "PublicationState",
    "Raised",
    "RecallState",
    "Rejected",
    "Release",
    "Remark",
    "Repeat",
    "SavedDraft",
    "Sent",
    "Severity",
    "Sighting",
    "SourceSpec",
    "SourceState",
    "Span",
    "Suppression",
    "Task",
    "Urgency",
    "Verdict",
    "told",
]
