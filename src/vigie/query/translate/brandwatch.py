"""Brandwatch's queries (Consumer Research, and the older Analytics and ForSight where they differ in nothing else)."""

import re

from vigie.query.translate import meanings as m
from vigie.query.translate.dialect import Dialect, Meaning

_ENGAGEMENT = {
    "reply": Meaning(("is:reply",)),
    "comment": Meaning(("is:reply",)),
    "retweet": Meaning(("is:repost",)),
    "repost": Meaning(("is:repost",)),
    "share": Meaning(("is:repost",)),
    "quote": Meaning(("is:quote",)),
}
_PAGE_TYPES = {
    **{
        name: Meaning((f"network:{name}",))
        for name in ("facebook", "instagram", "youtube", "reddit", "tumblr", "tiktok")
    },
    **{name: Meaning(("network:x",)) for name in ("twitter", "x")},
    **{name: Meaning(("network:rss",), "different", "translate.became.press") for name in ("news", "blog", "forum")},
    "linkedin": Meaning(("network:linkedin",)),
}
_PLACES = ("state", "region", "county", "city", "location", "place", "latitude", "longitude")
_PROFILE = ("gender", "authorgender", "interest", "profession", "accounttype", "authorbio", "bio", "fullname")
_JUDGED = ("sentiment", "emotion", "category", "tag", "priority", "status", "rating", "entity", "objects", "logos")
_REACTIONS = ("reach", "impressions", "impact", "monthlyvisitors", "likes", "retweets", "comments", "shares")
_BOOLEANS = {"authorverified": "is:verified", "isreply": "is:reply", "hasimages": "has:image"}

BRANDWATCH = Dialect(
    "brandwatch",
    {
        "title": m.words("translate.became.title"),
        "author": m.account("author"),
        "site": m.published_on,
        "url": m.published_on,
        "links": m.linked,
        "country": m.author_country,
        "continent": m.author_continent,
        "language": m.language,
        "lang": m.language,
        "hashtags": m.sign("#"),
        "hashtag": m.sign("#"),
        "at_mentions": m.mentioned,
        "mentions": m.mentioned,
        "engagingwith": m.engaging,
        "engagementtype": m.choice(_ENGAGEMENT),
        "authorfollowers": m.number("followers"),
        "authorfollowing": m.number("following"),
        "authorposts": m.number("posts"),
        "pagetype": m.choice(_PAGE_TYPES),
        **{name: m.yes_or_no(clause) for name, clause in _BOOLEANS.items()},
        **dict.fromkeys(_PLACES, m.PLACES),
        **dict.fromkeys(_PROFILE, m.PROFILE),
        **dict.fromkeys(_JUDGED, m.JUDGED),
        **dict.fromkeys(_REACTIONS, m.REACTIONS),
        **dict.fromkeys(("authorverifiedtype", "channelid", "guid", "parentid", "feedid"), m.NO_EQUIVALENT),
    },
    signs=(
        (re.compile(r"<<<"), 5),
        (re.compile(r"\bNEAR/\d+f\b", re.IGNORECASE), 5),
        (re.compile(r"\braw:"), 4),
        (re.compile(r"\{\w[^{}:]*\}"), 3),
        (re.compile(r"\[\s*[\d*]+\s+TO\s+[\d*]+\s*\]"), 2),
    ),
    numeric=frozenset({"authorfollowers", "authorfollowing", "authorposts", *_REACTIONS, "rating"}),
    side_by_side_unsure=True,
    braces_raw=True,
)
