"""What a translation could not carry over, in a sentence: the same wherever it is read."""

import pytest

from vigie.query.translate import Vendor, translate
from vigie.wording import Wording
from vigie.wording.translations import note_sentence


@pytest.mark.parametrize(
    ("vendor", "pasted", "sentences"),
    [
        ("brandwatch", "coffee AND sentiment:negative", ["is left out", "finds more than the original"]),
        ("brandwatch", "coffee AND c*", ["cannot be written in Vigie's language", "“c*” begins too many words"]),
        ("x", "-coffee", ["Nearly every post would match", "only says what you do not want: NOT coffee"]),
    ],
)
def test_it_says_what_became_of_a_part_and_why(vendor: Vendor, pasted: str, sentences: list[str]) -> None:
    said = [note_sentence(note, Wording("en")).replace("’", "'") for note in translate(pasted, vendor).notes]
    assert any(all(one in sentence for one in sentences) for sentence in said), said
