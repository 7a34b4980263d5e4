"""Queries and posts of every kind, drawn from words few enough that they meet."""

from random import Random

from vigie.model import Author, Media, Post

WORDS = (
    *(
        "grève",
        "Grève",
        "GREVE",
        "gre\u0300ve",
        "grèviste",
        "sncf",
        "train",
        "œuvre",
        "oeuvre",
        "café",
        "cafe",
        "cafés",
    ),
    *(
        "l’eau",
        "aujourd'hui",
        "e-mail",
        "straße",
        "strasse",
        "STRASSE",
        "naïve",
        "port",
        "porter",
        "the",
        "de",
        "a",
        "x",
    ),
    *(
        "İstanbul",
        "istanbul",
        "ΆΛΦΑ",
        "αλφα",
        "поезд",
        "Поезд",
        "东京",
        "東京タワー",
        "서울",
        "ไทย",
        "हिन्दी",
        "سلام",
        "سَلام",
        "我要咖啡",
        "咖啡",
        "กินข้าว",
        "ข้าว",
        "が",
        "か\u3099",
    ),
    *(
        "3",
        "42",
        "b2b",
        "_",
        "snake_case",
        "\U0001d5e7\U0001d5f2\U0001d600\U0001d601",
        "ﬁn",
        "soft\u00adhyphen",
        "می\u200cخواهم",
    ),
)
EMOJI = ("☕", "❤️", "❤", "👍", "👍🏽", "👍🏿", "👩‍💻", "👩🏽‍💻", "👩", "🇫🇷", "🇫", "🇧🇪", "😂😂", "©", "1️⃣", "\U0001fadf")
PREFIXES = (
    "grè",
    "gre",
    "caf",
    "por",
    "œuv",
    "oeu",
    "str",
    "ist",
    "пое",
    "東",
    "東京",
    "sna",
    "sal",
    "👍",
    "🇫🇷",
    "aαb",
)
PATTERNS = (
    "gr?ve",
    "gr*e",
    "GR?V*",
    "caf?s",
    "ca*s",
    "po?t",
    "*fé",
    "*ort",
    "s*e",
    "str*sse",
    "по*д",
    "?cafe",
    "in?*ul",
    "b?b",
)
RAW = (
    *(
        "Grève",
        "grève",
        "GREVE",
        "gre\u0300ve",
        "l’eau",
        "e-mail",
        "Cafés",
        "café,",
        "3",
        "x-",
        "東京",
        "咖啡",
        "が",
        "か\u3099",
    ),
    *("❤️", "❤", "👍🏽", "👍", "🇫🇷", "🇷🇧", "#", "#grève", "# ", "?", ", ", "grève ", "sncf train", "a", "_", "\u0301"),
)
TAGS = ("grève", "Grève SNCF", "café", "☕", "", "GrèveDesCafés", "SNCFPort42", "東京タワー", "snake_case")
NETWORKS = ("bluesky", "mastodon", "rss")
HANDLES = ("ana.example", "user@server.example", "Brulerie.Example", "did:plc:abc")
LANGS = ("fr", "en", "de")
HOSTS = ("lemonde.fr", "www.lemonde.fr", "sport.lemonde.fr", "fr", "x.example", "monde.fr")
LINKS = ("/a?b", "/grève/Café-2026", "/port/3?q=train", "")
URLS = ("lemonde.fr", "www.lemonde.fr/a", "grève/cafe", "port", "cafe-2026", "x.example/grève", "q", "fr", "https")
HASHTAGS = ("grève", "GrèveDesCafés", "grevedescafes", "des cafés", "port", "sncf", "42", "東京", "snake", "x")
COUNTRIES = ("fr", "FR", "France", "Belgium", "be", "Wallis-et-Futuna")
RANGES = (
    "followers:>100",
    "followers:..100",
    "followers:100",
    "following:10..20",
    "posts:>=5",
    "age:<30",
    "length:>40",
)
HAS = ("link", "image", "video", "media", "question", "mention", "hashtag", "emoji")
IS = ("reply", "repost", "quote", "edited", "verified")
NOISE = (
    *(
        " ",
        "  ",
        "\n",
        ", ",
        ". ",
        "-",
        "'",
        "",
        "?",
        "？",
        "\u200b",
        "\u200d",
        "\ufe0f",
        "\u0301",
        "\x00",
        "\ud800",
        "#",
        "# ",
    ),
    *("##", "@", "#\u0301", "\u202e", "\u061c", "\U000e0067", "\uffff", "\U0010ffff", "*", '"', "🏽", "²", "ﷺ", "（"),
)


def text(draw: Random, length: int) -> str:
    """Words, emoji, tags and noise; mostly spaces in between."""
    pieces = []
    for _ in range(length):
        sign = draw.choice(("", "", "", "", "#", "@", "$", "＃"))
        pieces.append(sign + draw.choice(WORDS) if draw.random() < 0.8 else draw.choice(EMOJI))
        pieces.append(" " if draw.random() < 0.75 else draw.choice(NOISE))
    return "".join(pieces)


def post(draw: Random, number: int = 0) -> Post:
    """A post with some of everything; now and then a long one."""

    def some(choices: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(draw.choices(choices, k=draw.choice((0, 0, 0, 1, 1, 2))))

    kind = draw.choice(("image", "video", "audio"))
    return Post(
        network=draw.choice(NETWORKS),
        remote_id=str(number),
        author=Author(
            draw.choice(HANDLES),
            draw.choice(("", *HANDLES)),
            followers=draw.choice((None, 0, 100, 101, 5000)),
            following=draw.choice((None, 9, 10, 20)),
            posts=draw.choice((None, 4, 5)),
            created_at=draw.choice((None, 0, -40 * 86_400_000)),
            verified=draw.random() < 0.2,
            country=draw.choice(("", "", *COUNTRIES)),
        ),
        text=text(draw, draw.choice((0, 1, 3, 8, 8, 8, 20, 20, 60))),
        created_at=0,
        edited_at=draw.choice((None, None, 5)),
        title=text(draw, 4) if draw.random() < 0.2 else "",
        langs=some((*LANGS, "fr-CA")),
        reply_to=draw.choice(("", "", "at://did:plc:abc/post/1", "https://x.example/1")),
        repost_of=draw.choice(("", "", "y")),
        quote_of=draw.choice(("", "", "z")),
        mentions=some(HANDLES),
        tags=some(TAGS),
        links=tuple(f"https://{host}{draw.choice(LINKS)}" for host in some(HOSTS))
        + some(("", "mailto:x@lemonde.fr", "//bad")),
        media=(Media(kind),) if draw.random() < 0.3 else (),  # type: ignore[arg-type]
    )


def query(draw: Random, depth: int = 3) -> str:
    """The text of a query; not always one that is accepted."""
    pick = draw.random()
    if depth == 0 or pick < 0.3:
        return leaf(draw)
    if pick < 0.5:
        return "(" + " OR ".join(query(draw, depth - 1) for _ in range(draw.randint(2, 4))) + ")"
    if pick < 0.72:
        joint = draw.choice((" AND ", " "))
        return "(" + joint.join(query(draw, depth - 1) for _ in range(draw.randint(2, 3))) + ")"
    if pick < 0.85:
        return f"({leaf(draw)} {draw.choice(('NOT ', '-', 'AND NOT '))}{query(draw, depth - 1)})"
    if pick < 0.97:
        return f"({side(draw)} {near(draw) if pick < 0.94 else 'SENTENCE'} {side(draw)})"
    parts = [query(draw, depth - 1) for _ in range(draw.choice((3, 3, 4, 7)))]
    return f"atleast/{draw.randint(2, len(parts) - 1)}({', '.join(parts)})"


def near(draw: Random) -> str:
    """NEAR or ONEAR with a number."""
    return f"{draw.choice(('NEAR', 'NEAR', 'ONEAR'))}/{draw.choice((0, 1, 2, 5, 100))}"


def side(draw: Random) -> str:
    """What may stand beside NEAR."""
    pick = draw.random()
    if pick < 0.35:
        return place(draw)
    if pick < 0.9:
        return "(" + " OR ".join(place(draw) for _ in range(draw.randint(2, 4))) + ")"
    return f"({place(draw)} {near(draw)} {place(draw)})"


def place(draw: Random) -> str:
    """A word, with open letters or not, a phrase, loose or not, or characters as written."""
    pick = draw.random()
    sign = draw.choice(("", "", "", "#", "@", "$"))
    if pick < 0.45:
        return sign + draw.choice(WORDS)
    if pick < 0.55:
        return draw.choice(EMOJI)
    if pick < 0.67:
        return sign + draw.choice(PREFIXES) + "*"
    if pick < 0.74:
        return sign + draw.choice(PATTERNS)
    if pick < 0.8:
        return f"raw:«{draw.choice(RAW)}»"
    words = " ".join(draw.choice((*WORDS, *EMOJI, *PATTERNS[:3], "grè*", "#caf*")) for _ in range(draw.randint(1, 4)))
    return f'"{words}"' if pick < 0.9 else f'"{words}"~{draw.choice((0, 1, 3, 20))}'


def leaf(draw: Random) -> str:
    """Something that stands in the text, so many times too, or a field."""
    pick = draw.random()
    if pick < 0.73:
        return place(draw)
    if pick < 0.75:
        return f"atleast/{draw.choice((2, 3))}({side(draw)})"
    if pick < 0.79:
        return draw.choice(RANGES)
    if pick < 0.85:
        name, choices = draw.choice((("url", URLS), ("hashtag", HASHTAGS), ("country", COUNTRIES)))
        return f'{name}:"{draw.choice(choices)}"'
    name = draw.choice(("author", "from", "to", "lang", "network", "source", "site", "has", "is"))
    values = {"lang": LANGS, "network": NETWORKS, "source": NETWORKS, "site": HOSTS, "has": HAS, "is": IS}
    return f"{name}:{draw.choice(values.get(name, HANDLES))}"
