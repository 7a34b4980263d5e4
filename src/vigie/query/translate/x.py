"""X's queries: rules and searches of its API, and its advanced search."""

import re

from vigie.query.translate import meanings as m
from vigie.query.translate.dialect import Dialect, Meaning

_IMAGE, _VIDEO, _MEDIA, _LINK = (Meaning((f"has:{kind}",)) for kind in ("image", "video", "media", "link"))
_REPOST = Meaning(("is:repost",))
_HAS = {
    "images": _IMAGE,
    "videos": _VIDEO,
    "video_link": _VIDEO,
    "media": _MEDIA,
    "media_link": _MEDIA,
    "links": _LINK,
    "hashtags": Meaning(("has:hashtag",)),
    "mentions": Meaning(("has:mention",)),
    "lang": Meaning(idle=True, code="translate.left_out.idle"),
}
_IS = {
    "retweet": _REPOST,
    "reply": Meaning(("is:reply",)),
    "quote": Meaning(("is:quote",)),
    "verified": Meaning(("is:verified",)),
}
_FILTER = {
    "images": _IMAGE,
    "twimg": Meaning(("has:image",), "wider", "translate.became.media"),
    **dict.fromkeys(("videos", "native_video", "consumer_video", "pro_video", "vine", "periscope"), _VIDEO),
    "media": _MEDIA,
    "links": Meaning(("has:link", "has:media")),
    "hashtags": Meaning(("has:hashtag",)),
    "mentions": Meaning(("has:mention",)),
    "replies": Meaning(("is:reply",)),
    "nativeretweets": _REPOST,
    "retweets": Meaning(("is:repost", "is:quote")),
    "quote": Meaning(("is:quote",)),
    "verified": Meaning(("is:verified",)),
    "blue_verified": Meaning(("is:verified",)),
    **dict.fromkeys(
        ("has_engagement", "news", "safe", "follows", "social", "trusted", "spaces"),
        Meaning(code="translate.left_out.field"),
    ),
}
_DATES = ("since", "until", "since_time", "until_time", "since_id", "max_id", "within_time")
_REACTIONS = ("min_faves", "min_retweets", "min_replies", "retweets_count", "likes_count")
_PLACES = (
    *(
        "near",
        "within",
        "geocode",
        "place",
        "point_radius",
        "bounding_box",
        "profile_point_radius",
        "profile_bounding_box",
    ),
    *("profile_region", "profile_locality", "profile_subregion", "bio_location"),
)
_OTHERS = (
    *(
        "list",
        "conversation_id",
        "in_reply_to_tweet_id",
        "in_reply_to_status_id",
        "retweets_of_tweet_id",
        "quoted_tweet_id",
    ),
    *(
        "quoted_user_id",
        "quotes_of_tweet_id",
        "card_name",
        "card_domain",
        "card_url",
        "sample",
        "source",
        "listed_count",
    ),
    *("url_title", "url_description", "embedding"),
)

X = Dialect(
    "x",
    {
        "from": m.account("author"),
        "to": m.account("to", "wider", "translate.became.to"),
        "retweets_of": lambda _sign, _value: Meaning(("is:repost",), "wider", "translate.became.reposts"),
        "url": m.linked,
        "url_contains": m.linked,
        "lang": m.language,
        "is": m.choice(_IS),
        "has": m.choice(_HAS),
        "filter": m.choice(_FILTER),
        "include": m.idle,
        "entity": m.words("translate.became.entity"),
        "context": m.TOPICS,
        "place_country": m.post_country,
        "profile_country": m.author_country,
        "followers_count": m.number("followers", ">="),
        "friends_count": m.number("following", ">="),
        "following_count": m.number("following", ">="),
        "tweets_count": m.number("posts", ">="),
        "statuses_count": m.number("posts", ">="),
        "bio": m.PROFILE,
        "bio_name": m.PROFILE,
        **dict.fromkeys(_DATES, m.DATES),
        **dict.fromkeys(_REACTIONS, m.REACTIONS),
        **dict.fromkeys(_PLACES, m.PLACES),
        **dict.fromkeys(_OTHERS, m.NO_EQUIVALENT),
    },
    signs=(
        (re.compile(r"(?<!\w)-?is:(?:retweet|quote|nullcast)\b"), 5),
        (re.compile(r"(?<!\w)-?(?:filter|min_faves|min_retweets|within_time|place_country|conversation_id):"), 5),
        (re.compile(r"(?<!\w)-?(?:has|from|since|until|context|entity):"), 2),
        (re.compile(r"(?<![\w-])-[\w\"(#@]"), 1),
    ),
    numeric=frozenset(
        {"followers_count", "friends_count", "following_count", "tweets_count", "statuses_count", *_REACTIONS}
    ),
    stars_in_words=False,
    question_mark=True,
)
