"""Folding, tokens and the table that compiled code reads."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.text import TEXT_CAP, fold, kind, tokenise
from vigie.text.chars import LONGEST_FOLD, folded
from vigie.text.sentences import sentence_ends
from vigie.text.table import _CODES, EXPANDED, KIND_BITS, MARK, QUESTION, SPACE, char_table

HOSTILE = st.text(st.characters(), max_size=60) | st.text(
    st.sampled_from("aé\u0301œßİς#＃@$ \n☕️🇫🇷👍🏽👩\u200d💻\x00\ud800\udfff\u202e\u061c\u200b日本가ไ"), max_size=40
)


def words(text: str) -> list[str]:
    return [token.sign + token.word + token.tone for token in tokenise(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("La #Grève, l’eau_de 3e", ["la", "#greve", "l", "eau_de", "3e"]),
        ("a#b @c $d ##e # f", ["a", "#b", "@c", "$d", "#e", "f"]),
        ("gre\u0300ve GRÈVE", ["greve", "greve"]),
        ("Œuvre Straße ŁÓDŹ Þór", ["oeuvre", "strasse", "lodz", "thor"]),
        ("İstanbul ΣΑΣ σας", ["istanbul", "σασ", "σασ"]),
        ("☕️❤👍🏽👩‍💻", ["☕", "❤", "👍🏽", "👩", "💻"]),
        ("👩🏽‍💻 👍️🏽 🏽 a🏽", ["👩🏽", "💻", "👍🏽", "a"]),
        ("🇫🇷🇧🇪🇫", ["🇫🇷", "🇧🇪", "🇫"]),
        ("1️⃣ soft\u00adhyphen می\u200cخواهم", ["1", "softhyphen", "میخواهم"]),
        ("سَلام हिन्दी 東京タワー", ["سلام", "हिनदी", *"東京タワー"]),
        ("我要咖啡2杯 กินข้าว ꯀ서울", [*"我要咖啡", "2", "杯", *"กินข้าว", "ꯀ서울"]),
        ("ｶﾌｪ 豈 時々 〇 ฿๑ ・", [*"カフェ", "豈", *"時々", "〇", "๑"]),
        ("\x00a\ud800b\uffff", ["a", "b"]),
        ("#\u0301a #\n", ["#a"]),
        ("＃日本", ["日", "本"]),
        ("", []),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@given(HOSTILE)
def test_each_token_is_a_piece_of_the_text(text: str) -> None:
    end = 0
    for token in tokenise(text):
        assert end <= token.start < token.end <= len(text)
        end = token.end
        assert token.word
        assert fold(text[token.start : token.end]) == token.sign + token.word + token.tone


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("#gr?v* l'*eau? w*fi", ["#gr?v*", "l", "*eau?", "w*fi"]),
        ("👍* 🇫🇷* 東京*", ["👍*", "🇫🇷*", "東", "京*"]),
        ("*a*", ["*a*"]),
    ],
)
def test_open_words(text: str, expected: list[str]) -> None:
    assert [token.sign + token.word for token in tokenise(text, wild=True)] == expected


@given(st.text(st.characters(exclude_characters="*?"), max_size=60))
def test_nothing_else_changes_where_words_may_be_open(text: str) -> None:
    assert tokenise(text, wild=True) == tokenise(text)


@given(HOSTILE)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(HOSTILE)
def test_case_and_accents_do_not_count(text: str) -> None:
    import unicodedata  # noqa: PLC0415 (one test of the two forms)

    latin = "".join(char for char in text if char < "\u0250")
    assert words(unicodedata.normalize("NFD", latin)) == words(unicodedata.normalize("NFC", latin))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Un. Deux ! Trois ?! Quatre", ["Un.", " Deux !", " Trois ?!", " Quatre"]),
        ("M. Dupont et J. Dupond, av. Foch. Fin.", ["M. Dupont et J. Dupond, av. Foch.", " Fin."]),
        ("3.50 € sur lemonde.fr. ok", ["3.50 € sur lemonde.fr.", " ok"]),
        ("Bof… mais bon... Bref", ["Bof… mais bon...", " Bref"]),
        ("« Quoi ? » dit-il. (Oui.) Non", ["« Quoi ?", " » dit-il.", " (Oui.)", " Non"]),
        ("a\n\nb", ["a\n", "\n", "b"]),
        ("你好。再见！行", ["你好。", "再见！", "行"]),
        ("", [""]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    ends = sentence_ends(text)
    assert [text[start:end] for start, end in zip([0, *ends], ends, strict=False)] == expected


@given(HOSTILE)
def test_sentences_are_all_of_the_text(text: str) -> None:
    ends = sentence_ends(text)
    assert ends == sorted(ends)
    assert ends[-1] == len(text)


def test_the_cap() -> None:
    assert len(tokenise("a " * TEXT_CAP)) == TEXT_CAP // 2


def test_the_table_is_kind_and_folded_of_every_character() -> None:
    characters, expansions = char_table()
    for code in range(sys.maxunicode + 1):
        char, entry = chr(code), int(characters[code])
        expected = _CODES[kind(char)]
        assert entry & ((1 << KIND_BITS) - 1) == expected, hex(code)
        if expected in {SPACE, MARK, QUESTION}:
            continue
        value = entry >> KIND_BITS
        parts = [value] if value < EXPANDED else [int(part) for part in expansions[value - EXPANDED] if part]
        assert "".join(map(chr, parts)) == folded(char), hex(code)
        assert len(folded(char)) <= LONGEST_FOLD
