"""Static files: kept by browsers for good, small on the line, and nothing but them."""

import gzip
import re

from vigie.web.assets import FOLDER, Assets


def test_a_page_names_files_that_browsers_may_keep(client):
    page = client.get("/login", follow_redirects=True).text
    files = set(re.findall(r'(?:href|src)="(/static/[^"#]+)', page))
    assert any(name.endswith("/vigie.css") for name in files)
    for name in files:
        answer = client.get(name)
        assert answer.status_code == 200, name
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


def test_what_a_stylesheet_names_is_there(client):
    assets = Assets()
    css = assets.files["tokens.css"].body.decode()
    for name in re.findall(r'url\("([^"]+)"\)', css):
        assert client.get(assets.url(name)).status_code == 200, name


def test_text_is_squeezed_and_whole(client):
    url = Assets().url("vigie.css")
    with client.stream("GET", url, headers={"accept-encoding": "gzip"}) as answer:
        raw = b"".join(answer.iter_raw())
        assert answer.headers["content-encoding"] == "gzip"
    assert gzip.decompress(raw) == (FOLDER / "vigie.css").read_bytes()
    assert len(raw) < len(gzip.decompress(raw)) / 3
    assert "content-encoding" not in client.get(url, headers={"accept-encoding": "identity"}).headers


def test_an_older_set_of_files_still_answers_and_is_not_kept(client):
    answer = client.get("/static/000000000000/vigie.css")
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-cache")


def test_nothing_else_is_served(client):
    for name in ("../house.py", "%2e%2e/house.py", "vendor/.stamp", ""):
        assert client.get(f"/static/000000000000/{name}").status_code in {404, 405}, name


def test_the_front_end_files_are_all_there():
    assert Assets().missing() == []
