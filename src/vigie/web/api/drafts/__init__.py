"""Drafts: what people of the house are writing, and what the charter says of it."""

from vigie.web.api.drafts.approving import answer_draft, read_review
from vigie.web.api.drafts.changing import create_draft, decide_remark, move_draft, put_draft
from vigie.web.api.drafts.reading import check_draft, list_draft_versions, list_drafts, list_remarks, read_draft
from vigie.web.page import Page

PAGE = Page(
    handlers=[
        list_drafts,
        read_draft,
        list_draft_versions,
        list_remarks,
        check_draft,
        create_draft,
        put_draft,
        move_draft,
        decide_remark,
        read_review,
        answer_draft,
    ]
)
