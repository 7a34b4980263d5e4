"""Saying no to a finding: it is wrong here, or it is right and may pass until a day; with a reason, for good."""

from typing import Any

from litestar import Response, post
from litestar.exceptions import PermissionDeniedException
from litestar.params import FromPath
from litestar.response import Redirect

from vigie.flows import drafts as flow
from vigie.flows.drafts import Found
from vigie.model import Millis, Verdict
from vigie.web.guard import requires, visitor
from vigie.web.house import house_of
from vigie.web.pages.composer.form import Form, moment
from vigie.web.pages.composer.looking import checked
from vigie.web.pages.composer.page import Asked, doing, opened, page
from vigie.web.pages.composer.writing import there
from vigie.web.view import timezone, wording

_VERDICTS: dict[str, Verdict] = {"accepted": "accepted", "dismissed": "dismissed", "suppressed": "suppressed"}
LONGEST_WHY = 1_000


@post("/drafts/{id:int}/decide", guards=[requires("write-drafts")], sync_to_thread=True)
def decide(request: Asked, id: FromPath[int], data: Form) -> Response[Any]:
    """Keeps what somebody decided about a finding of the draft as it is saved; ``again`` takes it back."""
    house, w = house_of(request), wording(request)
    saved = there(house, id)
    one = opened(house, saved)
    found = checked(house, saved.content, saved.author, one.decisions, saved.id)
    mark = data.get("fingerprint", "")
    finding = next((remark.finding for remark in found.remarks if remark.finding.fingerprint == mark), None)
    to = Redirect(f"/drafts/{id}", status_code=303)
    verdict = _VERDICTS.get(data.get("verdict", ""))
    if finding is None or (verdict is None and not data.get("again")):
        return to
    of = Found(finding.rule, mark)
    if verdict is None:  # taken back: it passes until now
        flow.decide(house.drafts, id, of, "suppressed", doing(request), until=house.clock())
        return to
    why = " ".join(data.get("why", "").split())[:LONGEST_WHY]
    if verdict != "accepted":
        if finding.severity == "block" and not visitor(request).may("let-pass"):
            raise PermissionDeniedException(extra={"action": "let-pass"})
        if not why:
            return page(request, one, status=422, errors=[(mark, w("composer.error.why"))])
    until = _until(data.get("until", ""), timezone(house.charter())) if verdict == "suppressed" else None
    flow.decide(house.drafts, id, of, verdict, doing(request), why, until)
    return to


def _until(day: str, tz: str) -> Millis | None:
    """The end of a day on the house's wall; None for as long as the draft."""
    at = moment(f"{day}T23:59", tz)
    return at + 59_999 if at is not None else None
