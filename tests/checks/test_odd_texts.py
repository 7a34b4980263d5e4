"""What nobody should write and somebody will: no check falls over it."""

import pytest

from vigie.checks import Check, Reading, built_in
from vigie.model import Attachment, Author, Draft, Facts, Post

ODD = {
    "nothing": "",
    "blanks": " \n\t\u00a0",
    "a megabyte": "token: " + "a" * 1_000_000,
    "half characters": "\ud83d@a.example \udc00 https://\ud83d.example/ 06\ud83d39",
    "turned round": "\u202e06 39 98 11 22\u202c https://a.example/\u202exyz",
    "nothing seen": "\u200b\u200d\u2060\ufeff",
    "accents without letters": "\u0301" * 1_000,
    "families": "👩\u200d👩\u200d👧\u200d👦" * 500,
    "addresses cut short": "http:// https://[ https://[::: https://xn-- https://xn--\u00e9.example @ @. @@ a@ //",
    "figures of other scripts": "٠٦ ٣٩ ٩٨ ١١ ٢٢ ①②③ ²²²² 0६३९९८११२२",
    "signs": "@#$%^&*()_+{}|:\"<>?`-=[]\\;',./" * 50,
}


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize("check", built_in(), ids=lambda check: check.id)
def test_no_check_falls_over(check: Check, name: str) -> None:
    text = ODD[name]
    said = Post("bluesky", "1", Author("a", "a.example"), text[:5_000], 1_700_000_000_000)
    for network in ("", "bluesky", "mastodon"):
        draft = Draft(text, network=network, media=(Attachment(alt=text[:5_000]),), when=253_402_300_799_999)
        facts = Facts(now=1, recent=(said,), elsewhere=(said,), incidents=("all",))
        for found in check.look(Reading(draft, facts), check.options()):
            assert all(0 <= span.start <= span.end <= len(text) for span in found.spans)
