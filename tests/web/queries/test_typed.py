"""The editor's text: positions as browsers count them, faults with line and caret."""

from vigie.flows.queries import examine
from vigie.web.pages.queries.typed import WIDEST, faults, painted
from vigie.wording import Wording


def test_a_fault_says_line_column_and_what_stands_there():
    said = examine('# ce que l\'on dit\n"brûlerie du port"\nAND (colis NEAR/5 c*)', "brand", {})
    (fault,) = faults(said, Wording("fr"))
    assert (fault.line, fault.column) == (3, 19)
    assert (fault.before, fault.wrong, fault.after) == ("AND (colis NEAR/5 ", "c*", ")")
    assert fault.pad + fault.caret == "                  ^^"
    assert fault.sentence
    assert "query." not in fault.sentence


def test_positions_are_utf_16_units_for_the_browser():
    text = '😀 "café'
    said = examine(text, "brand", {})
    (fault,) = faults(said, Wording("en"))
    assert (fault.start16, fault.end16) == (3, 8)
    assert text.encode("utf-16-le")[2 * fault.start16 : 2 * fault.end16].decode("utf-16-le") == '"café'
    assert [3, 8, "here"] in painted(said)["faults"]


def test_handles_and_tags_have_a_colour_and_text_in_quotes_keeps_its_own():
    tokens = painted(examine('@brulerie OR #café OR "à #moi"', "", {}))["tokens"]
    assert [0, 9, "fl"] in tokens
    assert [13, 18, "fl"] in tokens
    assert [22, 30, "st"] in tokens
    assert len(tokens) == 5


def test_a_very_long_line_is_cut_around_its_fault():
    said = examine("mot " * 2000 + "c*", "brand", {})
    (fault,) = faults(said, Wording("fr"))
    assert fault.column == 8001
    assert fault.wrong == "c*"
    assert len(fault.before) <= WIDEST + 1


def test_a_doubt_is_a_warning_with_a_mend():
    (fault,) = faults(examine("café or thé", "brand", {}), Wording("fr"))
    assert fault.warning
    assert fault.suggestion == "OR"


def test_any_text_can_be_shown():
    for text in ("", "\n\n", "\ud800", "\x00", '"' * 500, "(" * 300, "a" * 60_000, "\u202e\u200b", "é\r\n{", "{a}" * 9):
        said = examine(text, "brand", {"a": "{b}", "b": "{a}"})
        for fault in faults(said, Wording("fr")):
            assert fault.line >= 1
        painted(said)
