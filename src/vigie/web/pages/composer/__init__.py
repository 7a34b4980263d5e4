"""The composer: where a post is written, read by the charter as it is typed, approved and scheduled."""

from vigie.web.page import Deed, Page
from vigie.web.pages.composer.answering import answering
from vigie.web.pages.composer.deciding import decide
from vigie.web.pages.composer.pictures import add, bring, picture
from vigie.web.pages.composer.planning import confirm, plan
from vigie.web.pages.composer.versions import versions
from vigie.web.pages.composer.writing import begin, change, edit, keep, links, new, now, typed

PAGE = Page(
    handlers=[
        new,
        edit,
        typed,
        links,
        keep,
        now,
        begin,
        change,
        decide,
        bring,
        add,
        picture,
        versions,
        answering,
        plan,
        confirm,
    ],
    deeds=(Deed("write", "composer.new", "/drafts/new", key="p", action="write-drafts"),),
)
