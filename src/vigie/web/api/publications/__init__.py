"""Publications: what goes out, when, how far it has come, and what is done about it."""

from vigie.web.api.publications.changing import (
    drop_publication,
    look_at_network,
    move_publication,
    recall_publication,
    schedule_draft,
    skip_publication,
)
from vigie.web.api.publications.reading import list_free_moments, list_publications, read_publication
from vigie.web.page import Page

PAGE = Page(
    handlers=[
        list_publications,
        list_free_moments,
        read_publication,
        schedule_draft,
        move_publication,
        skip_publication,
        drop_publication,
        look_at_network,
        recall_publication,
    ]
)
