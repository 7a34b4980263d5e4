"""The home folder on a real disk."""

import errno
import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from vigie.flows.ports.archive import StoreFullError
from vigie.flows.ports.charter_file import CharterFile, CharterMovedError
from vigie.flows.ports.vault import Vault
from vigie.home import Home, HomeError, errors
from vigie.model import Act

NOON = 1_760_011_200_000
ACT = Act(NOON, "odile", "query.changed", "query:brand", details={"number": 2})


class KeptActs:
    """The record of acts as a list; can be made to refuse."""

    def __init__(self) -> None:
        self.acts: list[Act] = []
        self.refusal: Exception | None = None

    def record(self, act: Act) -> None:
        if self.refusal:
            raise self.refusal
        self.acts.append(act)

    def latest(self, before: int = 0, limit: int = 50) -> list[tuple[int, Act]]:
        return list(enumerate(self.acts, 1))[::-1][:limit]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "vigie-home")


@pytest.fixture
def acts() -> KeptActs:
    return KeptActs()


def test_the_folder_is_private(home: Home) -> None:
    def mode(path: Path) -> int:
        return stat.S_IMODE(path.stat().st_mode)

    assert [mode(path) for path in (home.path, home.backups)] == [0o700] * 2
    assert mode(home.path / "secret.key") == 0o600
    assert sorted(path.name for path in home.path.iterdir()) == ["backups", "charter.d", "secret.key"]


def test_opening_again_keeps_the_key_and_closes_it_to_others(home: Home) -> None:
    key = home.path / "secret.key"
    before = key.read_bytes()
    key.chmod(0o644)
    Home(home.path).vault().put("a", "b")
    assert key.read_bytes() == before
    assert stat.S_IMODE(key.stat().st_mode) == 0o600


def test_a_key_that_is_none(home: Home) -> None:
    for content in (b"", b"short", b"\xff" * 60):
        (home.path / "secret.key").write_bytes(content)
        with pytest.raises(HomeError) as refused:
            Home(home.path)
        assert refused.value.code == "bad-key"


OPEN = (
    "import sys, pathlib, vigie.home as h; h.Home(pathlib.Path(sys.argv[1])).vault().put(sys.argv[2], sys.argv[2] * 2)"
)


def test_processes_that_make_the_folder_at_once_share_one_key(tmp_path: Path) -> None:
    path = tmp_path / "home"
    openers = [subprocess.Popen([sys.executable, "-c", OPEN, path, f"n{n}"]) for n in range(4)]
    assert [opener.wait() for opener in openers] == [0] * 4
    vault = Home(path).vault()
    assert [vault.get(name) for name in vault.names()] == [f"n{n}" * 2 for n in range(4)]


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")
    for path in (tmp_path / "home", tmp_path / "home" / "inside"):
        with pytest.raises(HomeError) as refused:
            Home(path)
        assert refused.value.code == "not-a-folder"


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "full"),
        (errno.EDQUOT, "full"),
        (errno.EROFS, "read-only"),
        (errno.EACCES, "no-permission"),
        (5, "unusable"),
    ],
)
def test_what_the_system_says_becomes_a_code(number: int, code: str, tmp_path: Path) -> None:
    with pytest.raises(HomeError) as refused, errors.told(tmp_path):
        raise OSError(number, os.strerror(number), "there")
    assert (refused.value.code, refused.value.detail) == (code, "there")


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only for root")
def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(HomeError) as refused:
        Home(tmp_path / "home")
    assert refused.value.code == "no-permission"


def test_a_charter_is_written_and_read(home: Home, acts: KeptActs) -> None:
    charter: CharterFile = home.charter_file(acts)
    assert charter.read() == ("", "")
    first = charter.write("charter: 1\r\n# é\n", "", ACT)
    assert charter.read() == ("charter: 1\r\n# é\n", first)
    second = charter.write("charter: 2\n", first, ACT)
    assert charter.write("charter: 2\n", second, ACT) == second
    assert [act.details for act in acts.acts] == [{"number": 2, "charter": first}, {"number": 2, "charter": second}]
    (kept,) = (home.path / "charter.d").iterdir()
    assert kept.name == f"20251009-120000-{first[:12]}.yaml"
    assert kept.read_bytes() == "charter: 1\r\n# é\n".encode()


def test_a_charter_edited_by_hand_is_not_overwritten(home: Home, acts: KeptActs) -> None:
    charter = home.charter_file(acts)
    first = charter.write("charter: 1\n", "", ACT)
    (home.path / "charter.yaml").write_text("charter: 1 # by hand\n")
    for over in (first, "", "0" * 64):
        with pytest.raises(CharterMovedError):
            charter.write("charter: 2\n", over, ACT)
    assert charter.read()[0] == "charter: 1 # by hand\n"
    assert len(acts.acts) == 1


def test_no_change_without_its_act(home: Home, acts: KeptActs) -> None:
    charter = home.charter_file(acts)
    first = charter.write("charter: 1\n", "", ACT)
    acts.refusal = StoreFullError()
    with pytest.raises(StoreFullError):
        charter.write("charter: 2\n", first, ACT)
    assert charter.read() == ("charter: 1\n", first)
    assert not list(home.path.glob("*.partial")) + list(home.path.glob(".*.partial"))


def test_of_two_writers_one_is_told_to_read_again(home: Home, acts: KeptActs) -> None:
    charter = home.charter_file(acts)
    over = charter.write("charter: 0\n", "", ACT)
    outcomes: list[str] = []

    def write(n: int) -> None:
        try:
            charter.write(f"charter: {n}\n", over, ACT)
            outcomes.append("written")
        except CharterMovedError:
            outcomes.append("moved")

    writers = [threading.Thread(target=write, args=(n,)) for n in range(1, 9)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert sorted(outcomes) == ["moved"] * 7 + ["written"]


def test_a_charter_that_is_a_link_stays_one(home: Home, acts: KeptActs, tmp_path: Path) -> None:
    elsewhere = tmp_path / "repository" / "our.yaml"
    elsewhere.parent.mkdir()
    elsewhere.write_text("charter: 1\n")
    (home.path / "charter.yaml").symlink_to(elsewhere)
    charter = home.charter_file(acts)
    _, digest = charter.read()
    charter.write("charter: 2\n", digest, ACT)
    assert elsewhere.read_text() == "charter: 2\n"
    assert (home.path / "charter.yaml").is_symlink()


def test_a_charter_in_another_encoding_says_where(home: Home, acts: KeptActs) -> None:
    (home.path / "charter.yaml").write_bytes("charter: 1\nname: Brûlerie\n".encode("latin-1"))
    with pytest.raises(HomeError) as refused:
        home.charter_file(acts).read()
    assert (refused.value.code, refused.value.detail.rpartition(":")[2]) == ("charter-not-utf8", "2")


def test_a_byte_order_mark_is_no_text(home: Home, acts: KeptActs) -> None:
    (home.path / "charter.yaml").write_bytes(b"\xef\xbb\xbfcharter: 1\n")
    text, digest = home.charter_file(acts).read()
    assert text == "charter: 1\n"
    home.charter_file(acts).write("charter: 2\n", digest, ACT)


def test_the_vault(home: Home) -> None:
    vault: Vault = home.vault()
    assert (vault.get("source:masto"), vault.names()) == ("", [])
    vault.put("source:masto", "très secret")
    vault.put("source:bsky", "other")
    vault.put("source:masto", "plus secret")
    assert Home(home.path).vault().get("source:masto") == "plus secret"
    assert vault.names() == ["source:bsky", "source:masto"]
    content = (home.path / "secrets.json").read_bytes()
    assert b"secret" not in content
    assert stat.S_IMODE((home.path / "secrets.json").stat().st_mode) == 0o600
    vault.drop("source:masto")
    vault.drop("source:masto")
    assert (vault.get("source:masto"), vault.names()) == ("", ["source:bsky"])


def test_a_secret_moved_to_another_name_or_under_another_key_opens_nothing(home: Home, tmp_path: Path) -> None:
    home.vault().put("source:a", "secret")
    path = home.path / "secrets.json"
    path.write_text(path.read_text().replace("source:a", "source:b"))
    with pytest.raises(HomeError) as refused:
        home.vault().get("source:b")
    assert (refused.value.code, refused.value.detail) == ("secret-unreadable", "source:b")
    other = Home(tmp_path / "other")
    home.vault().put("source:a", "secret")
    (other.path / "secrets.json").write_bytes(path.read_bytes())
    with pytest.raises(HomeError):
        other.vault().get("source:a")
    path.write_text("{")
    with pytest.raises(HomeError):
        home.vault().names()


def test_a_backup_takes_the_charter_and_the_encrypted_tokens_not_the_key(home: Home, acts: KeptActs) -> None:
    asked: list[tuple[Path, list[str]]] = []

    class Store:
        def backup(self, to: Path | None = None, beside: object = (), keep: int = 0) -> "Store":
            asked.append((to or Path(), [path.name for path in beside]))  # type: ignore[attr-defined]
            return self

        path = "there"

    home.charter_file(acts).write("charter: 1\n", "", ACT)
    home.vault().put("a", "b")
    assert home.backup(Store()) == Path("there")
    assert asked == [(home.backups, ["charter.yaml", "secrets.json"])]


def test_a_backup_brings_the_pictures_once(home: Home, tmp_path: Path) -> None:
    class Store:
        def backup(self, to: Path | None = None, beside: object = (), keep: int = 0) -> "Store":
            return self

        path = str(tmp_path / "elsewhere" / "vigie.db")

    home.backup(Store())
    assert not (tmp_path / "elsewhere").exists()
    id = home.media().put(b"a picture")
    for _ in range(2):
        home.backup(Store())
    assert [path.name for path in (tmp_path / "elsewhere/media").iterdir()] == [id]
    assert (tmp_path / "elsewhere/media" / id).read_bytes() == b"a picture"
