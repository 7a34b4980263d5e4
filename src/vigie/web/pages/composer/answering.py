"""Answering a draft that waits for approval: yes, not so, or no; with remarks on its words."""

from collections.abc import Iterator
from typing import Any

from litestar import Response, post
from litestar.params import FromPath

from vigie.flows.approving import AnswerError, answer
from vigie.flows.drafts import StateError
from vigie.flows.ports.drafts import OutdatedError
from vigie.model import Content, Opinion, Remark, Span
from vigie.web.guard import requires
from vigie.web.house import house_of
from vigie.web.pages.composer.approvals import review_of, rooms
from vigie.web.pages.composer.form import Form, number
from vigie.web.pages.composer.looking import checked
from vigie.web.pages.composer.page import Asked, doing, opened
from vigie.web.pages.composer.reading import read
from vigie.web.pages.composer.writing import there
from vigie.web.view import done, wording

_OPINIONS: dict[str, Opinion] = {
    "approve": "approved",
    "changes": "changes-requested",
    "reject": "rejected",
}
LONGEST_WORDS = 2_000
_MOST = 26
"""Remarks of one answer: each has a letter."""


@post("/drafts/{id:int}/answer", guards=[requires("approve")], status_code=200, sync_to_thread=True)
def answering(request: Asked, id: FromPath[int], data: Form) -> Response[Any]:
    """One answer to the text that the page showed; to a later one it would be somebody else's words."""
    house, w = house_of(request), wording(request)
    saved = there(house, id)
    opinion, charter = _OPINIONS.get(data.get("do", "")), house.charter()
    one = opened(house, saved)
    if opinion is None or charter is None:
        return read(request, one)
    if number(data, "revision") != saved.revision:
        return read(request, one, status=409, told=w("composer.answer.error.changed"))
    review = review_of(house, saved, checked(house, saved.content, saved.author, one.decisions, saved.id))
    remarks = tuple(_remarks(data, saved.content))
    try:
        answer(rooms(house), review, charter, opinion, doing(request), remarks)
    except AnswerError as error:
        told = w(f"composer.answer.error.{error.code.replace('-', '_')}")
        status = 422 if error.code == "no-words" else 409
        return read(request, one, status=status, told=told, remarks=remarks)
    except (OutdatedError, StateError):
        now = opened(house, there(house, id))
        return read(request, now, status=409, told=w("composer.answer.error.changed"))
    return done(f"/drafts/{id}", f"composer.done.{data['do']}")


def _remarks(data: dict[str, str], content: Content) -> Iterator[Remark]:
    """``words:N`` about ``quote:N``, which stands at ``at:N`` (UTF-16 units) or where it is first found."""
    for key in [key for key in data if key.startswith("words:")][:_MOST]:
        n, words = key.removeprefix("words:"), data[key].strip()[:LONGEST_WORDS]
        if not words:
            continue
        sheet = data.get(f"sheet:{n}", "")
        sheet = sheet if sheet in content.variants else ""
        text = content.variants.get(sheet, content.text)
        quote = data.get(f"quote:{n}", "").replace("\r\n", "\n").strip()
        near = len(text.encode("utf-16-le")[: 2 * number(data, f"at:{n}")].decode("utf-16-le", "ignore"))
        found = text.find(quote, near) if text.startswith(quote, near) else text.find(quote)
        if not quote or found < 0:
            yield Remark(words)
        else:
            yield Remark(words, Span(found, found + len(quote)), sheet, quote)
