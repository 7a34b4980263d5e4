"""Drafts to measure checks with, and the house that they are held against: made from a seed, the same each time."""

import random

from texts import texts

from vigie.charter import Charter, Vocabulary, parse
from vigie.checks import built_in
from vigie.model import Attachment, Author, Draft, Facts, Post

NOW = 1_796_119_200_000
DAY = 86_400_000
RECENT = 20
_LINKS = ("https://port.example/a?utm_source=x", "http://bit.ly/abc", "https://brulerie.example/moulins")
_SAID = (
    "Ravis de vous annoncer notre nouvelle offre", "Achetez vite, -20 % jusqu'à dimanche", "Merci à @ines et @leo",
    "Limited time only, buy now", "We are thrilled to share", "Un moulin garanti à vie", "carbon neutral coffee",
    "Appelez le 06 12 34 56 78", "#bonneannee", "Likez si vous êtes d'accord", "𝓒𝓪𝓯𝓮 du matin",
)  # fmt: skip
_HEAD = """\
charter: 1
company: {name: Brûlerie du Port, languages: [fr, en], timezone: Europe/Paris, domains: [brulerie.example], country: FR}
calendar: {on_holidays: never, mourning: [{day: 2025-11-13, why: attentats, every_year: true}]}
objectives: [{id: answer, statement: Each question is answered}]
channels:
  - {id: bsky, network: bluesky, account: brulerie.example, languages: [fr, en], objectives: [answer],
     purpose: répondre, cadence: {at_most: 2/day}, selling_at_most: 20%, quiet: ["22:00-07:00"], voice: nous}
rules:
"""
_WHEN = (
    'draft.length > 400 && draft.network == "bluesky"',
    'size(draft.hashtags) > 5 || draft.links.exists(l, l.startsWith("http:"))',
    'draft.hour < 7 && !("owner" in author.roles)',
    "draft.media.exists(m, m.alt == '') && draft.emoji > 8",
    'recent.exists(r, r.hours_ago < 2 && r.text.contains("offre"))',
)


def house(rules: int, seed: int = 1) -> Charter:
    """A charter with so many rules: most with words, some with a condition, some with both."""
    chance = random.Random(seed)
    written = [_HEAD]
    for number in range(rules):
        word = "".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=8))
        phrases = (f'"{word} {word[::-1]}"', f"{word} NEAR/4 (cafe OR coffee)", f"{word}* AND (offre OR offer)")
        wanted = chance.choice(phrases)
        said = f"{word} {word[::-1]} cafe coffee offre offer"
        kind = number % 10
        written.append(f"  - id: rule-{number}\n    why: parce que\n")
        if kind < 8:
            written.append(f"    match: '{wanted}'\n")
        if kind >= 7:
            written.append(f"    when: >-\n      {chance.choice(_WHEN)} || draft.text.contains('{word}')\n")
        written.append(f"    bad: ['{said}']\n    good: [Bonjour]\n")
    return parse(
        "".join(written), Vocabulary(frozenset({"bluesky"}), checks={one.id: one.options for one in built_in()})
    )


def drafts(count: int, charter: Charter, seed: int = 2) -> list[tuple[Draft, Facts]]:
    """So many, each with what is around it: people's words, now and then what a check speaks of."""
    chance = random.Random(seed)
    words, _ = texts(count + RECENT)
    recent = tuple(
        Post("bluesky", str(n), Author("us"), text, NOW - n * DAY // 3, langs=("en",))
        for n, text in enumerate(words[:RECENT], 1)
    )
    made = []
    for text in words[RECENT:]:
        extra = chance.sample((*_SAID, *_LINKS), chance.randrange(4))
        draft = Draft(
            " ".join([text, *extra])[:3_000],
            network="bluesky",
            channel=charter.channels[0].id,
            language=chance.choice(("fr", "en")),
            author="ines",
            objective=chance.choice(("answer", "")),
            when=NOW + chance.randrange(DAY),
            media=(Attachment(alt=chance.choice(("", "Deux tasses"))),) if chance.random() < 0.3 else (),
        )
        made.append((draft, Facts(now=NOW, roles=("author",), recent=recent)))
    return made
