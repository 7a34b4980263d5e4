"""People: who is in the house, what they may do, and whether they can log in. For owners."""

from vigie.web.api.people.access import disable_person, enable_person, invite_person, reset_person
from vigie.web.api.people.entry import drop_person, put_person
from vigie.web.api.people.reading import list_people, read_person
from vigie.web.page import Page

PAGE = Page(
    handlers=[
        list_people, read_person, put_person, drop_person, invite_person, reset_person, disable_person, enable_person,
    ]
)  # fmt: skip
