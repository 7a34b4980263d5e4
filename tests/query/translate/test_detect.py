"""Whose language a pasted query is written in."""

import pytest

from vigie.query.translate import Vendor, detect


@pytest.mark.parametrize(
    ("query", "vendor"),
    [
        ("{BT} AND authorFollowers:[100 TO *]", "brandwatch"),
        ("<<< marque >>> espresso", "brandwatch"),
        ("(panne NEAR/5f machine) NOT site:twitter.com", "brandwatch"),
        ("raw:Orange OR continent:europe", "brandwatch"),
        ("at_mentions:brulerie OR engagingWith:brulerie", "brandwatch"),
        ("panne SENTENCE machine", "talkwalker"),
        ("panne NEAR/s machine", "talkwalker"),
        ("espresso AND sourcetype:SOCIALMEDIA_TWITTER", "talkwalker"),
        ("++Orange AND réseau", "talkwalker"),
        ("apple and (watch or iwatch) not “apple juice”", "meltwater"),
        ("atleast/3(espresso)", "meltwater"),
        ("Apple ONEAR watch", "meltwater"),
        ("ingress:espresso", "meltwater"),
        ("iphone^10 OR watch", "meltwater"),
        ("espresso -is:retweet lang:fr", "x"),
        ("from:nasa filter:replies", "x"),
        ("espresso -tasse", "x"),
        ("nasa min_faves:100 since:2024-01-01", "x"),
        ("espresso AND tasse", "brandwatch"),
        ("nasa esa", "x"),
    ],
)
def test_it_is_recognised(query: str, vendor: Vendor) -> None:
    assert detect(query) == vendor
