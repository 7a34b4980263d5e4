"""The composer: where a post is written, and read by the charter as it is typed."""

from vigie.web.page import Deed, Page
from vigie.web.pages.composer.deciding import decide
from vigie.web.pages.composer.pictures import add, bring, picture
from vigie.web.pages.composer.versions import versions
from vigie.web.pages.composer.writing import begin, change, edit, keep, links, new, now, typed

PAGE = Page(
    handlers=[new, edit, typed, links, keep, now, begin, change, decide, bring, add, picture, versions],
    deeds=(Deed("write", "composer.new", "/drafts/new", key="p", action="write-drafts"),),
)
