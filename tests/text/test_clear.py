"""Disguised words read as a person reads them; ordinary text of any language stays as it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.text.clear import clear


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("gаrаnti", "garanti"),
        ("g\u200ba\u200branti", "g\u2060a\u2060ranti"),
        ("𝓰𝓪𝓻𝓪𝓷𝓽𝓲 𝐠𝐚𝐫 𝕘𝕒𝕣", "garanti gar gar"),
        ("ⓖⓐⓡⓐⓝⓣⓘ 🅶🅰🆁 🅖🅐🅡", "garanti GAR GAR"),
        ("ｇａｒａｎｔｉ", "garanti"),
        ("gαrαnτi", "garanti"),
        ("un рассе ici", "un pacce ici"),
        ("hօt", "hot"),
    ],
)
def test_a_disguise_comes_off(written: str, read: str) -> None:
    assert clear(written) == read


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Où est l’œuf ? À 3 €, n° 2, 1er, m².",
        "Москва, 7 ноября: сезон",
        "С нами расе",
        "Αθήνα και οδός",
        "β-carotène, 5 µg, α et ρ",
        "ครับ\u200bสวัสดี",
        "咖啡 カフェ 👩\u200d🍳",
        "\ud800 \u202e \u0000",
        "Привет café",
    ],
)
def test_what_is_no_disguise_stays(text: str) -> None:
    assert clear(text) == text


@given(st.text(alphabet=st.characters(max_codepoint=0x1FFFF), max_size=60))
def test_each_character_stays_at_its_place(text: str) -> None:
    assert len(clear(text)) == len(text)
