"""Theme, density and language, kept for one person."""

from typing import Annotated, Any

import msgspec
from litestar import Request, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect
from msgspec import Struct

from vigie.web.guard import visitor
from vigie.web.house import house_of
from vigie.web.pages.login.login import inside
from vigie.web.view import done
from vigie.wording import LANGS

THEMES = ("", "light", "dark")
DENSITIES = ("compact", "", "roomy")


class LookForm(Struct):
    """What the menu sends: everything, whichever part was touched."""

    theme: str = ""
    density: str = ""
    lang: str = ""
    back: str = "/account"


@post("/account/look", sync_to_thread=True)
def look(
    request: Request[Any, Any, Any], data: Annotated[LookForm, Body(media_type=RequestEncodingType.URL_ENCODED)]
) -> Redirect:
    """Unknown values change nothing; no act is kept of a taste."""
    who = visitor(request)
    changed = msgspec.structs.replace(
        who.account,
        theme=data.theme if data.theme in THEMES else who.account.theme,
        density=data.density if data.density in DENSITIES else who.account.density,
        lang=data.lang if data.lang in LANGS else who.account.lang,
    )
    if changed != who.account:
        house_of(request).accounts.change(changed, None)
    return done(inside(data.back), "account.done.look")
