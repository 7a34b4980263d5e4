"""Files of each format become posts; each bad entry is told with its number; reading goes on where it stopped."""

import json
import zoneinfo
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.fetch import GuardedFetch
from vigie.flows.ports.network import SourceDownError, Tools
from vigie.model import Author, AuthorChanged, AuthorGone, Deleted, Media, Post, SourceSpec
from vigie.model.activity import to_activity
from vigie.networks.files import NETWORK, FileSource, Progress
from vigie.networks.files.dates import order_of, read_date
from vigie.networks.files.jsonl import read_line, write_line

NOW = 1_763_600_000_000
Write = Callable[[str, bytes], Path]
Read = Callable[..., Any]


def post(number: int, **fields: Any) -> Post:
    """A post with everything."""
    full: dict[str, Any] = {
        "network": "mastodon",
        "remote_id": f"https://masto.example/{number}",
        "author": Author("https://masto.example/users/ana", handle="ana@masto.example", name="Ana", followers=3),
        "text": f"Le café n° {number} ☕ est « froid »",
        "created_at": 1_763_000_000_000 + number,
        "langs": ("fr",),
        "tags": ("café",),
        "media": (Media("image", "https://masto.example/i.png", "tasse"),),
    }
    return Post(**(full | fields))


EVENTS = [
    post(1),
    Deleted("mastodon", "https://masto.example/0", 1_762_000_000_000),
    AuthorChanged("bluesky", Author("did:plc:a", handle="a.example"), 1_763_000_000_000),
    AuthorGone("bluesky", "did:plc:b", 1_763_000_000_000),
    post(2, edited_at=1_763_000_000_500),
]


@pytest.mark.parametrize("event", EVENTS)
def test_what_is_exported_comes_back(event: Any) -> None:
    line = write_line(event)
    assert line.count(b"\n") == 1
    assert read_line(line, NOW) == event


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_any_text_comes_back(text: str) -> None:
    assert read_line(write_line(post(1, text=text)), NOW) == post(1, text=text)


async def test_vigies_own_form(write: Write, read: Read) -> None:
    path = write(
        "posts.jsonl", b"\xef\xbb\xbf" + b"".join(map(write_line, EVENTS)).replace(b"\n", b"\r\n", 2) + b"\n\n"
    )
    (batch,) = await read(path)
    assert batch.posts == (EVENTS[0], EVENTS[4])
    assert (batch.deleted, batch.authors) == ((EVENTS[1],), (EVENTS[2], EVENTS[3]))
    assert (batch.rejected, batch.events, batch.latest) == ((), 5, 1_763_000_000_500)


async def test_a_post_written_again_after_its_deletion_waits(write: Write, read: Read) -> None:
    again = post(1, text="de retour")
    lines = [post(1), Deleted("mastodon", post(1).remote_id, NOW), again, post(2)]
    first, second = await read(write("x.jsonl", b"".join(map(write_line, lines))))
    assert (first.posts, len(first.deleted)) == ((post(1),), 1)
    assert second.posts == (again, post(2))


async def test_each_bad_line_is_told_with_its_number(write: Write, read: Read) -> None:
    good = write_line(post(1))
    bad = [
        b"\n",
        b"not json\n",
        b'{"network":"x"}\n',
        good.replace(b'"text":"', b'"text":5,"x":"'),
        good.replace("café n°".encode(), b"caf\xff"),
        good.replace("café n°".encode(), b"\\ud83d"),
        good.replace("café n°".encode(), b"x" * 200_000),
        b'"' + b"x" * 3_000_000 + b'"\n',
        b'{"kind":"like"}\n',
        b"[" * 100_000 + b"\n",
        good.replace(b'"remote_id":"https://masto.example/1"', b'"remote_id":""'),
        b'{"network":"x","remote_id":"1"',
    ]
    batches = await read(write("x.jsonl", good + b"".join(bad)))
    (batch,) = batches
    assert batch.posts == (post(1),)
    told = {int(one.detail.split(":")[0]): one.reason for one in batch.rejected}
    assert told == {
        3: "not-json",
        4: "wrong-shape",
        5: "wrong-shape",
        6: "bad-text",
        7: "not-json",
        8: "too-long",
        9: "too-long",
        10: "wrong-shape",
        11: "wrong-shape",
        12: "wrong-shape",
        13: "not-json",
    }
    assert all(len(one.raw) <= 2048 for one in batch.rejected)


async def test_what_can_be_mended_is_mended(write: Write, read: Read) -> None:
    line = write_line(post(1, text="ca\0fé", created_at=-(10**14), author=Author("a", followers=2**70)))
    (batch,) = await read(write("x.jsonl", line))
    assert batch.posts[0].text == "café"
    assert batch.posts[0].created_at == 631_152_000_000
    assert batch.posts[0].author.followers is None


def outbox(*items: Any) -> bytes:
    """An archive as Mastodon writes it."""
    head = {"@context": "https://www.w3.org/ns/activitystreams", "id": "outbox.json", "type": "OrderedCollection"}
    return json.dumps(head | {"totalItems": len(items), "orderedItems": items}, ensure_ascii=False).encode()


async def test_an_archive_of_the_open_networks(write: Write, read: Read) -> None:
    ana = "https://masto.example/users/ana"
    note = {
        "id": f"{ana}/statuses/1",
        "type": "Note",
        "published": "2025-11-19T08:30:00Z",
        "attributedTo": ana,
        "content": "<p>Bonjour<br>à tous</p>",
        "contentMap": {"fr": "<p>Bonjour<br>à tous</p>"},
    }
    items = [
        {"id": f"{ana}/statuses/1/activity", "type": "Create", "actor": ana, "object": note},
        {
            "id": "2",
            "type": "Announce",
            "actor": ana,
            "published": "2025-11-19T08:30:00Z",
            "object": "https://o.example/1",
        },
        {"type": "Like", "object": "https://o.example/1"},
        {"type": "Create", "object": {"type": "Note"}},
        7,
        {"type": "Delete", "actor": ana, "object": f"{ana}/statuses/0"},
    ]
    actor = {"type": "Person", "id": ana, "preferredUsername": "ana", "name": "Ana"}
    write("actor.json", json.dumps(actor).encode())
    (batch,) = await read(write("outbox.json", outbox(*items)))
    first, second = batch.posts
    assert (first.text, first.langs, first.network) == ("Bonjour\nà tous", ("fr",), "mastodon")
    assert first.author == Author(ana, handle="ana@masto.example", name="Ana")
    assert second.repost_of == "https://o.example/1"
    assert [one.remote_id for one in batch.deleted] == [f"{ana}/statuses/0"]
    assert [(one.reason, one.detail.split(":")[0]) for one in batch.rejected] == [
        ("wrong-shape", "4"),
        ("wrong-shape", "5"),
    ]


async def test_our_own_activities_come_back(write: Write, read: Read) -> None:
    posts = [post(number) for number in range(3)]
    (batch,) = await read(write("outbox.json", outbox(*({"type": "Create", "object": to_activity(p)} for p in posts))))
    assert list(batch.posts) == posts


TABLE = """Date de publication;Auteur;Message;Réseau;Langue;Abonnés;Hashtags
19/11/2025 09:30;@ana;"Le café
est ""froid"" ; et cher";Instagram;fr-FR;1 204;#café, #matin
20/11/2025 10h05;bo;Bof;;en;;
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
async def test_a_table_as_a_spreadsheet_writes_it(write: Write, read: Read, encoding: str, ends: str) -> None:
    path = write("export.csv", TABLE.replace("\n", ends).encode(encoding))
    (batch,) = await read(path, timezone="Europe/Paris", network="x")
    ana, bo = batch.posts
    assert ana.text == f'Le café{ends}est "froid" ; et cher'
    assert ana.created_at == 1_763_541_000_000
    assert ana.author == Author("ana", handle="ana", followers=1204)
    assert (ana.network, ana.langs, ana.tags) == ("instagram", ("fr",), ("café", "matin"))
    assert (bo.network, bo.langs, bo.author.followers) == ("x", ("en",), None)
    assert ana.remote_id != bo.remote_id
    assert batch.rejected == ()
    assert (await read(path, timezone="Europe/Paris", network="x"))[0].posts == batch.posts  # the same ids


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
async def test_any_delimiter(write: Write, read: Read, delimiter: str) -> None:
    rows = [
        ["id", "text", "created_at"],
        ["1", "un", "2025-11-19T08:30:00Z"],
        ["2", "deux; trois, quatre", "1763541000"],
    ]
    content = "\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    (batch,) = await read(write("t.csv", content.encode()))
    assert [(one.remote_id, one.text, one.created_at) for one in batch.posts] == [
        ("1", "un", 1_763_541_000_000),
        ("2", "deux; trois, quatre", 1_763_541_000_000),
    ]


async def test_columns_as_a_person_says(write: Write, read: Read) -> None:
    path = write("t.csv", b"when,who,what\n2025-11-19,ana,hello\n")
    with pytest.raises(SourceDownError) as down:
        await read(path)
    assert (down.value.code, down.value.final) == ("not-understood", True)
    assert down.value.detail == "text? when, who, what"
    (batch,) = await read(path, map=("text=What", "date=when", "author=2"))
    assert (batch.posts[0].text, batch.posts[0].author.handle) == ("hello", "ana")
    bare = write("bare.csv", b"hello,2025-11-19\nbye,2025-11-20\n")
    (batch,) = await read(bare, map="text=1,date=2")
    assert [one.text for one in batch.posts] == ["hello", "bye"]


async def test_where_nobody_is_named_the_file_speaks(write: Write, read: Read) -> None:
    (batch,) = await read(write("notes.csv", b"text,date\nhello,2025-11-19\n"))
    assert batch.posts[0].author == Author("notes.csv")


async def test_each_bad_row_is_told_with_its_number(write: Write, read: Read) -> None:
    rows = b"text,date,author\nun,2025-11-19,a\ndeux,soon,a\n,2025-11-19,a\ncaf\xe9\xe9,2025-11-19,a\n"
    rows += b"x" * 120_000 + b",2025-11-19,a\n" + b"y" * 200_000 + b",2025-11-19,a\nfin,2025-11-19,a\n"
    (batch,) = await read(write("t.csv", rows), encoding="utf-8")
    assert [one.text for one in batch.posts] == ["un", "fin"]
    assert [(one.reason, one.detail.split(":")[0]) for one in batch.rejected] == [
        ("bad-date", "3"),
        ("wrong-shape", "4"),
        ("bad-text", "5"),
        ("too-long", "6"),
        ("too-long", "7"),
    ]


def as_table(posts: list[Post]) -> bytes:
    """Cells that hold line ends."""
    rows = [f'{one.remote_id},"{one.text}\n",{one.created_at}' for one in posts]
    return "\n".join(["id,text,date", *rows]).encode()


@pytest.mark.parametrize(("name", "make"), [
    ("x.jsonl", lambda posts: b"".join(map(write_line, posts))),
    ("x.json", lambda posts: outbox(*({"type": "Create", "object": to_activity(p)} for p in posts))),
    ("x.csv", as_table),
])  # fmt: skip
async def test_reading_goes_on_where_it_stopped(write: Write, name: str, make: Any) -> None:
    posts = [post(number) for number in range(3_456)]
    path = write(name, make(posts))
    seen: list[str] = []
    cursor, progress = "", []
    for _ in range(10):  # stopped after each batch
        source = NETWORK.open(SourceSpec("i", "files", str(path)), Tools(GuardedFetch(), lambda: NOW))
        assert isinstance(source, FileSource)
        async for batch in source.read(cursor):
            seen += [one.remote_id for one in batch.posts]
            cursor = batch.cursor
            progress.append(source.progress)
            break
    assert seen == [one.remote_id for one in posts]
    assert progress[-1] == Progress(path.stat().st_size, path.stat().st_size)
    assert [one.done for one in progress] == sorted(one.done for one in progress)
    assert 0 < progress[0].done < progress[0].total or name == "x.csv"


async def test_another_file_of_the_same_name_is_read_from_its_beginning(write: Write, read: Read) -> None:
    (batch,) = await read(write("x.jsonl", write_line(post(1))))
    (again,) = await read(write("x.jsonl", write_line(post(2))), batch.cursor)
    assert again.posts == (post(2),)
    (again,) = await read(write("x.jsonl", write_line(post(2)) + write_line(post(3))), again.cursor)
    assert post(3) in again.posts


async def test_what_is_not_there_or_no_such_file(write: Write, read: Read, tmp_path: Path) -> None:
    for path, code in [
        (tmp_path / "none.jsonl", "missing-file"),
        (tmp_path, "missing-file"),
        (Path("x\0y"), "missing-file"),
        (write("x.json", b'{"orderedItems": [1, '), "not-understood"),
        (write("empty.csv", b""), "not-understood"),
    ]:
        with pytest.raises(SourceDownError) as down:
            await read(path)
        assert (down.value.code, down.value.final) == (code, True)
    (batch,) = await read(write("empty.jsonl", b""))
    assert batch.events == 0


@pytest.mark.parametrize(
    ("words", "at"),
    [
        ("2025-11-19T08:30:00Z", 1_763_541_000_000),
        ("2025-11-19 08:30:00 UTC", 1_763_541_000_000),
        ("2025-11-19T09:30:00+01:00", 1_763_541_000_000),
        ("Wed, 19 Nov 2025 08:30:00 GMT", 1_763_541_000_000),
        ("Wed Nov 19 08:30:00 +0000 2025", 1_763_541_000_000),
        ("19/11/2025 08:30", 1_763_541_000_000),
        ("19.11.2025, 08:30:00", 1_763_541_000_000),
        ("1763541000", 1_763_541_000_000),
        ("1763541000.5", 1_763_541_000_500),
        ("1763541000000", 1_763_541_000_000),
        ("", None),
        ("31/02/2025", None),
        ("99/99/9999", None),
        ("1e999", None),
        ("²", None),
        ("9" * 400, None),
    ],
)
def test_dates(words: str, at: int | None) -> None:
    assert read_date(words, zoneinfo.ZoneInfo("UTC"), "dmy") == at


@given(st.text(max_size=40))
def test_no_date_breaks_it(words: str) -> None:
    got = read_date(words, zoneinfo.ZoneInfo("Europe/Paris"), order_of([words]))
    assert got is None or isinstance(got, int)


def test_what_is_wrong_with_a_source() -> None:
    def problems(address: str, **options: Any) -> list[tuple[str, str]]:
        return [(option, code) for option, code, _ in NETWORK.problems(SourceSpec("i", "files", address, options))]

    fine = {"map": ("text=Message",), "timezone": "Europe/Paris", "speed": 60, "format": "csv", "encoding": "cp1252"}
    assert problems("/data/x.csv", **fine, delimiter=";", dates="mdy", as_now=True, lang="fr", network="x") == []
    assert problems("") == [("address", "empty-address")]
    for address in ("x.csv", "/etc/passwd", "/home/x/secret.key", "/data/vigie.db"):
        assert problems(address) == [("address", "bad-address")]
    wrong = {"map": "words=1", "timezone": "../../etc/passwd", "speed": 0, "format": "xml", "encoding": "rot13"}
    assert problems("/x.csv", **wrong, colour="red", delimiter="ab") == [
        (option, "bad-option") for option in (*wrong, "colour", "delimiter")
    ]
