"""Talkwalker's queries."""

import re

from vigie.query.translate import meanings as m
from vigie.query.translate.dialect import Dialect, Meaning

_NETWORKS = (
    "facebook",
    "instagram",
    "youtube",
    "reddit",
    "tiktok",
    "linkedin",
    "tumblr",
    "pinterest",
    "mastodon",
    "vk",
)
_PRESS = ("onlinenews", "online_news", "newspaper", "blog", "messageboard", "forum", "newsletter", "magazine", "press")
_SOURCE_TYPES = {
    **{f"socialmedia_{name}": Meaning((f"network:{name}",)) for name in _NETWORKS},
    **{name: Meaning(("network:x",)) for name in ("socialmedia_twitter", "socialmedia_x")},
    **{name: Meaning(("network:rss",), "different", "translate.became.press") for name in _PRESS},
    "socialmedia_bluesky": Meaning(("network:bluesky",)),
    "socialmedia": Meaning(("network:rss",), "different", "translate.became.social", negated=True),
}
_POST_TYPES = {
    "image": Meaning(("has:image",)),
    "video": Meaning(("has:video",)),
    "link": Meaning(("has:link",)),
    "reply": Meaning(("is:reply",)),
    "comment": Meaning(("is:reply",)),
    "retweet": Meaning(("is:repost",)),
    "share": Meaning(("is:repost",)),
    "quote": Meaning(("is:quote",)),
}
_REACTIONS = (
    *("engagement", "reach", "impressions", "virality", "alexa_pageviews", "word_count", "twitter_retweets"),
    *(
        "twitter_shares",
        "twitter_likes",
        "twitter_impressions",
        "twitter_video_views",
        "facebook_likes",
        "facebook_shares",
    ),
    *(
        "facebook_comments",
        "instagram_likes",
        "instagram_comments",
        "youtube_views",
        "youtube_likes",
        "youtube_dislikes",
    ),
)
_PLACES = ("sourcecity", "sourceregion", "geo", "geolocation", "region", "city", "article_extended_attributes.location")
_PROFILE = ("author.gender", "gender", "age", "author_attributes.gender", "occupation", "interest", "family_status")
_JUDGED = (
    "sentiment",
    "tone",
    "tags",
    "tag",
    "topic",
    "category",
    "image",
    "images",
    "brand",
    "logo",
    "entity",
    "smart_theme",
)

TALKWALKER = Dialect(
    "talkwalker",
    {
        "title": m.words("translate.became.title"),
        "content": m.plain_words,
        "text": m.plain_words,
        "lang": m.language,
        "language": m.language,
        "author": m.account("author"),
        "author.name": m.account("author"),
        "author.short_name": m.account("author"),
        "extra_author_attributes.short_name": m.account("author"),
        "site": m.published_on,
        "root_url": m.published_on,
        "domain_url": m.published_on,
        "host_url": m.published_on,
        "url": m.published_on,
        "links": m.linked,
        "sourcetype": m.choice(_SOURCE_TYPES),
        "post_type": m.choice(_POST_TYPES),
        "sourcecountry": m.author_country,
        "sourcegeo": m.author_country,
        "country": m.author_country,
        "continent": m.author_continent,
        "hashtag": m.sign("#"),
        "hashtags": m.sign("#"),
        "mention": m.mentioned,
        "mentions": m.mentioned,
        "followers": m.number("followers"),
        "twitter_followers": m.number("followers"),
        "source_extended_attributes.twitter_followers": m.number("followers"),
        "published": m.DATES,
        "is": m.choice({"retweet": Meaning(("is:repost",)), "reply": Meaning(("is:reply",))}),
        **dict.fromkeys(_REACTIONS, m.REACTIONS),
        **dict.fromkeys(_PLACES, m.PLACES),
        **dict.fromkeys(_PROFILE, m.PROFILE),
        **dict.fromkeys(_JUDGED, m.JUDGED),
    },
    signs=(
        (re.compile(r"\bO?NEAR/[sp]\b"), 5),
        (re.compile(r"\bSENTENCE\b"), 4),
        (re.compile(r"\bsource(?:type|geo|country):"), 4),
        (re.compile(r"(?<![\w+])\+{1,2}[\w\"]"), 2),
    ),
    numeric=frozenset({"followers", "twitter_followers", "source_extended_attributes.twitter_followers", *_REACTIONS}),
    repeated_are_or=frozenset({"site"}),
    plus_exact=True,
)
