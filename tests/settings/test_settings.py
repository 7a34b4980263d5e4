from pathlib import Path

import pytest

from vigie.settings import SettingsError, read_settings


def test_defaults() -> None:
    settings = read_settings({"PATH": "/bin"})
    assert (settings.home, settings.host, settings.port) == (Path("vigie-home"), "127.0.0.1", 8420)


def test_a_misspelt_setting_stops_with_the_right_name() -> None:
    with pytest.raises(SettingsError) as error:
        read_settings({"VIGIE_PROT": "9000"})
    assert error.value.code == "unknown-setting"
    assert error.value.values == {"name": "VIGIE_PROT", "close": "VIGIE_PORT"}


@pytest.mark.parametrize("raw", ["", "-1", "65536", "http", "8420 "])
def test_a_port_is_a_number(raw: str) -> None:
    with pytest.raises(SettingsError):
        read_settings({"VIGIE_PORT": raw})


def test_a_choice_is_one_of_those_allowed() -> None:
    with pytest.raises(SettingsError) as error:
        read_settings({"VIGIE_LOG": "xml"})
    assert error.value.values["expected"] == "text, json"


@pytest.mark.parametrize(("lang", "expected"), [("fr_FR.UTF-8", "fr"), ("C.UTF-8", "en"), ("", "en")])
def test_the_commands_speak_the_systems_language(lang: str, expected: str) -> None:
    assert read_settings({"LANG": lang}).lang == expected


def test_private_places_are_a_list() -> None:
    assert read_settings({"VIGIE_ALLOW_PRIVATE": "127.0.0.1:80, nas:8080,"}).allow_private == (
        "127.0.0.1:80",
        "nas:8080",
    )
