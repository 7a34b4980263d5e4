"""A draft as checks read it."""

from charter.example import VOCABULARY, WHOLE
from vigie.charter import parse
from vigie.checks import Reading
from vigie.model import Author, Draft, Facts, Post, Span

TEXT = "M. Dupont dit « le café brûle ». Vrai ? Voir https://a.example/#b, #Moka, @ines ☕\nSuite"


def reading(text: str = TEXT, **draft: object) -> Reading:
    return Reading(Draft(text, **draft), Facts(now=0), parse(WHOLE, VOCABULARY))  # type: ignore[arg-type]


def said(of: Reading, spans: tuple[Span, ...]) -> list[str]:
    return [of.words(span) for span in spans]


def test_what_stands_where() -> None:
    one = reading()
    assert said(one, one.sentences) == [
        "M. Dupont dit « le café brûle ».",
        "Vrai ?",
        "Voir https://a.example/#b, #Moka, @ines ☕",
        "Suite",
    ]
    assert said(one, one.links) == ["https://a.example/#b"]
    assert said(one, one.hashtags) == ["#Moka"]
    assert said(one, one.mentions) == ["@ines"]
    assert said(one, one.emoji) == ["☕"]
    assert [token.word for token in one.tokens[:4]] == ["m", "dupont", "dit", "le"]
    assert one.words(one.sentence(Span(TEXT.index("Moka"), TEXT.index("Moka") + 4))).startswith("Voir")


def place(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def test_quotations() -> None:
    assert reading().quoted(place(TEXT, "café"))
    assert not reading().quoted(place(TEXT, "Vrai"))
    for text, quoted in (
        ('Il a écrit "sale type" hier', True),
        ("Il a écrit “sale type” hier", True),
        ("He said ‘dirty guy’ and it's wrong", True),
        ("« sale type »", False),  # nothing but a quotation: one's own words all the same
        ("l'été sale type d'hier", False),
        ('un écran de 12" sale type', False),
    ):
        words = "dirty" if "dirty" in text else "sale"
        assert reading(text).quoted(place(text, words)) is quoted, text


def test_the_channel_the_hour_and_what_is_answered() -> None:
    one = reading(channel="bsky", when=1_763_159_400_000, answers=Post("x", "1", Author("a"), "Où ?", 0))
    assert one.channel
    assert one.channel.id == "bsky"
    assert one.moment.isoformat() == "2025-11-14T23:30:00+01:00"
    assert one.is_reply
    assert (reading().channel, reading().is_reply, reading().moment.year) == (None, False, 1970)
    assert Reading(Draft(TEXT, channel="bsky"), Facts()).channel is None


def test_words_are_given_as_they_were_written_and_read_as_they_are_meant() -> None:
    one = reading("𝓒𝓪𝓯𝓮 gаrаnti")
    assert one.text == "Cafe garanti"
    assert one.words(Span(0, 4)) == "𝓒𝓪𝓯𝓮"
    assert one.hits("corporate") == ()
