"""`vigie watch` and `vigie replay` as a person runs them."""

import asyncio
import json
import os
import sys
from pathlib import Path

import msgspec

from counterparts.jetstream import bridge
from spine.test_faults import event, until
from vigie.model import Author, Post


async def start(*words: str, lang: str = "en") -> asyncio.subprocess.Process:
    env = {k: v for k, v in os.environ.items() if not k.startswith("VIGIE_")} | {"VIGIE_LANG": lang, "COLUMNS": "200"}
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "vigie", *words, env=env,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip


async def test_watch_prints_matching_posts_as_they_are_written() -> None:
    async with bridge() as jetstream:
        process = await start("watch", '"ma marque" OR #mamarque', "--source", jetstream.v1, "--json", "--limit", "2")
        await until(lambda: jetstream.connections, "a connection")
        texts = ["rien", "Ma  Marque est là", "encore rien", "vu sur #MaMarque"]
        await jetstream.say([event(n, text) for n, text in enumerate(texts)])
        out, err = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode == 0, err.decode()
    lines = [json.loads(line) for line in out.decode().splitlines()]
    assert [line["post"]["text"] for line in lines] == [texts[1], texts[3]]
    (start_, end), *_ = lines[0]["spans"]
    assert texts[1][start_:end] == "Ma  Marque"


async def test_watch_survives_a_line_that_breaks() -> None:
    async with bridge() as jetstream:
        jetstream.faults.drop_after = 1
        process = await start("watch", "café", "--source", jetstream.v1, "--json", "--limit", "3")
        await until(lambda: jetstream.connections, "a connection")
        await jetstream.say([event(n, f"café {n}") for n in range(3)])
        out, err = await asyncio.wait_for(process.communicate(), 60)
    assert [json.loads(line)["post"]["text"] for line in out.decode().splitlines()] == ["café 0", "café 1", "café 2"]
    assert "Next try" in err.decode()


async def test_watch_shows_hostile_text_without_obeying_it() -> None:
    async with bridge() as jetstream:
        process = await start("watch", "café", "--source", jetstream.v1, "--limit", "1", lang="fr")
        await until(lambda: jetstream.connections, "a connection")
        await jetstream.say([event(1, "café \x1b]0;volé\x07 \u202eabc [bold]x[/]")])
        out, _ = await asyncio.wait_for(process.communicate(), 60)
    assert b"\x1b]0;" not in out
    assert "\u202e" not in out.decode()
    assert "[bold]x[/]" in out.decode()


async def test_replay_keeps_the_rhythm(tmp_path: Path) -> None:
    path = tmp_path / "posts.jsonl"
    begun = 1_790_000_000_000
    posts = [Post("bluesky", f"at://{n}", Author("did:x"), f"café {n}", begun + n * 60_000) for n in range(5)]
    path.write_bytes(b"\n".join(map(msgspec.json.encode, posts)))
    process = await start("replay", str(path), "--speed", "600", "--query", "café", "--json")
    out, err = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode == 0, err.decode()
    assert len(out.decode().splitlines()) == 5
    assert "5 posts matched" in err.decode()
