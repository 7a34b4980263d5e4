"""Incidents and notices by API: what the pages do, for programs."""

from web.api.conftest import problem
from web.incidents.conftest import CRISIS, THEIRS, about, out
from web.incidents.conftest import US as OURS


def opened(site):
    site.write_charter(CRISIS)
    remote_id = "at://did:plc:nous/app.bsky.feed.post/3kstolen"
    (post,) = site.hear(THEIRS, queries=(), remote_id=remote_id, author=OURS)
    return about(site, post)


def test_an_incident_from_its_opening_to_what_was_learned(site, api):
    opened(site)
    (listed,) = api.get("/incidents").json()["items"]
    assert (listed["state"], listed["reason"], listed["owner"]) == ("open", "unknown-post", "")
    assert listed["title"] == "Bluesky: a post went out without Vigie."
    whole = api.get("/incidents/1")
    assert whole.headers["etag"] == '"1"'
    body = whole.json()
    assert [post["text"] for post in body["posts"]] == [THEIRS]
    assert [task["told"] for task in body["tasks"]] == ["", "Odile Quéméner"]
    assert [line["kind"] for line in body["timeline"]] == ["opened"]

    taken = api.put("/incidents/1/state", json={"state": "acknowledged"}).json()
    assert (taken["state"], taken["owner"]) == ("acknowledged", "maelle")
    assert api.put("/incidents/1/state", json={"state": "acknowledged"}).json() == taken  # said twice
    named = api.patch("/incidents/1", json={"title": "Stolen account", "owner": "yanis"}).json()
    assert (named["title"], named["owner"]) == ("Stolen account", "yanis")
    assert api.post("/incidents/1/lines", json={"words": "Odile knows."}).json()["kind"] == "said"
    task = api.post("/incidents/1/tasks", json={"title": "Write to Lou", "owner": "yanis"}).json()
    done = api.put(f"/incidents/1/tasks/{task['id']}", json={"done": True}).json()
    assert done["done_by"] == "maelle"
    for state in ("contained", "resolved"):
        assert api.put("/incidents/1/state", json={"state": state}).json()["state"] == state
    problem(api.put("/incidents/1/state", json={"state": "learned"}), 422, "no-words")
    lesson = {"state": "learned", "words": "Keys are not shared.", "rule": "garantie"}
    assert api.put("/incidents/1/state", json=lesson).json()["learned"] == "Keys are not shared."
    problem(api.put("/incidents/1/state", json={"state": "contained"}), 409, "wrong-state")
    assert api.get("/incidents").json()["items"] == []
    assert len(api.get("/incidents?which=learned").json()["items"]) == 1


def test_what_went_out_is_paused_taken_back_and_answered(site, api):
    incident = opened(site)
    paused = api.post("/incidents/1/pause").json()
    assert site.house.publications.pause_of(paused["pause"]).channels == ("bsky",)
    (post,) = api.post("/incidents/1/recall", json={"remote_id": incident.remote_id, "why": "not ours"}).json()["items"]
    assert post["recall"] == "asked"
    assert post["publication"] == site.house.publications.by_remote("bluesky", incident.remote_id).id
    problem(api.post("/incidents/1/recall", json={"remote_id": incident.remote_id}), 409, "cannot-recall")
    problem(api.post("/incidents/1/recall", json={"remote_id": "at://elsewhere"}), 422, "invalid-body")
    answered = api.post("/incidents/1/statement", json={"answer": "sorry"}).json()
    assert site.house.drafts.get(answered["statement"]).content.text == "Ce message n'est pas de nous."
    problem(api.post("/incidents/1/statement", json={"answer": "none"}), 422, "invalid-body")


def test_an_incident_is_reported(site, api):
    site.write_charter(CRISIS)
    one = out(site, "Blend Tempête")
    body = {"title": "Sent during the alert", "words": "Three people wrote.", "publication": one.id}
    made = api.post("/incidents", json=body)
    assert made.status_code == 201
    assert made.json()["channels"] == ["bsky"]
    assert [post["publication"] for post in api.get("/incidents/1").json()["posts"]] == [one.id]
    problem(api.post("/incidents", json={"title": "x", "channels": ["nowhere"]}), 422, "invalid-body")
    problem(api.post("/incidents", json={"title": "x", "mention": 99}), 404, "not-found")


def test_how_far_it_has_gone_and_its_file(site, api):
    incident = opened(site)
    site.hear("Arnaque ?", "Compte piraté", reply_to=incident.remote_id, thread=incident.remote_id)
    spread = api.get("/incidents/1/spread").json()
    assert (spread["answers"], spread["people"], sum(bar["count"] for bar in spread["bars"])) == (2, 2, 2)
    file = api.get("/incidents/1/file").json()
    assert THEIRS in file["evidence"][0]["content"]
    problem(api.get("/incidents/9"), 404, "not-found")


def test_notices_are_mine(site, program):
    opened(site)
    (told,) = program("yanis").get("/notices").json()["items"]
    assert (told["kind"], told["urgency"], told["path"]) == ("incident.opened", "now", "/incidents/1")
    assert told["says"] == "Incident 1: Bluesky: a post went out without Vigie."
    assert program("maelle").get("/notices").json()["items"] == []
    assert program("yanis").put("/notices/read", json={"upto": told["id"]}).json() == {"unread": 0}


def test_the_stream_tells_of_incidents_and_pauses(site, api):
    since = site.house.archive.last_change()
    opened(site)
    told = []
    with api.stream("GET", f"/stream?since={since}") as answer:
        for line in answer.iter_lines():
            if line.startswith("event: "):
                told.append(line.removeprefix("event: "))
            if "notice.changed" in told:
                break
    assert "incident.changed" in told
