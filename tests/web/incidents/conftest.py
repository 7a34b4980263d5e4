"""A house with a playbook, answers prepared on a quiet day, and incidents that tests open through the ports."""

import re
import time
from collections.abc import Callable
from html import unescape

import pytest

from vigie.desk.publishing import sent_one
from vigie.flows import handling, pausing
from vigie.flows import incidents as flow
from vigie.flows.drafts import Doing
from vigie.flows.incidents import frozen, open_incident
from vigie.flows.pausing import Waiting
from vigie.model import Act, Author, Content, Incident, Outgoing, Pause, Piece, Post, Publication
from web.served import CHARTER, NOON, Site

CRISIS = (
    CHARTER.replace(
        "  - {id: bsky, network: bluesky, account: brulerie.example, owner: maelle}\n",
        "  - {id: bsky, network: bluesky, account: brulerie.example, account_id: 'did:plc:nous', owner: maelle}\n"
        "  - {id: masto, network: mastodon, account: brulerie@port.example, owner: maelle}\n",
    )
    + """\
rules:
  - id: garantie
    match: '"garanti* à vie"'
    severity: block
    why: {fr: On promet ce que l'on tient., en: We promise what we keep.}
    bad: [Nos moulins sont garantis à vie.]
    good: [Un souci avec un moulin, on le répare.]
crisis:
  on_call: [yanis, maelle]
  contain_within: 10m
  playbook:
    - id: stolen
      on: [unknown-hand]
      steps:
        - {do: {fr: Changer la clé du compte, en: Change the account's key}, owner: maelle, within: 15m}
        - {do: {fr: Prévenir la direction, en: Tell management}, tell: Odile Quéméner}
  answers:
    - {id: sorry, name: Pas nous, text: {fr: "Ce message n'est pas de nous.", en: This is not ours.}}
    - {id: promise, text: {fr: Nos moulins sont garantis à vie., en: Our mills last.}}
"""
)
THEIRS = "Gagnez un moulin, cliquez ici"
US = Author(id="did:plc:nous", handle="brulerie.example", name="Brûlerie du Port")
_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "’": "'"})


def plain(html: str) -> str:
    """A page's words with plain spaces and apostrophes, its marks left out."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).translate(_SPACES).split())


def wait_until(true: Callable[[], object], seconds: float = 20) -> None:
    """Looks until something is there. Fails when it does not come."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)


@pytest.fixture
def house(site: Site):
    """The house, in the charter above."""
    site.write_charter(CRISIS)
    site.house.judge()
    return site.house


@pytest.fixture
def stolen(site: Site, house) -> Callable[..., Incident]:
    """``stolen()``: a post that Vigie did not send is on our account, and the incident about it is open."""

    def opened(key: str = "3kstolen") -> Incident:
        remote_id = f"at://did:plc:nous/app.bsky.feed.post/{key}"
        (post,) = site.hear(
            THEIRS, queries=(), remote_id=remote_id, author=US, created_at=site.clock() - 60_000,
            url="https://bsky.example/profile/brulerie.example/post/3kstolen",
        )  # fmt: skip
        return about(site, post)

    return opened


def about(site: Site, post: Post) -> Incident:
    """The incident that the watch on our own words opens about a post."""
    now, house = site.clock(), site.house
    wanted = Incident(
        id=0, revision=0, origin="unknown-hand", reason="unknown-post", key=f"own:{post.remote_id}", opened_at=now,
        opened_by="vigie", contain_within=0, values={"channel": "bsky"}, channels=("bsky",), network=post.network,
        remote_id=post.remote_id,
    )  # fmt: skip
    incident, _ = open_incident(house.incidents, house.notices, house.charter(), wanted, now)
    house.incidents.keep_evidence(frozen(incident.id, "post", post, now))
    return incident


def schedule(site: Site, *texts: str, channel: str = "bsky", after: int = 3_600_000, **more: object):
    """Publications that are due an hour from now on."""
    network = {"bsky": "bluesky", "masto": "mastodon"}[channel]
    wanted = [
        Publication(**({
            "id": 0, "revision": 0, "draft": 1, "version": 1, "channel": channel, "network": network,
            "outgoing": Outgoing((Piece(text),), "fr"), "due": site.clock() + after + n, "wall": "2026-11-12T18:42",
            "zone": "Europe/Paris", "scheduled_by": "maelle", "scheduled_at": site.clock(), "charter": "",
        } | more)) for n, text in enumerate(texts)
    ]  # fmt: skip
    return site.house.publications.schedule(wanted, Act(site.clock(), "maelle", "publication.scheduled", "publication"))


def out(site: Site, text: str, key: str = "3kours") -> Publication:
    """A publication of ours that is on its network."""
    remote_id, written = f"at://did:plc:nous/app.bsky.feed.post/{key}", NOON - 600_000
    (one,) = schedule(site, text, after=-600_000)
    claimed = site.house.publications.claim(one.id, one.revision, [key], written)
    site.hear(text, queries=(), remote_id=remote_id, author=US, created_at=written)
    return site.house.publications.settle(
        sent_one(claimed, 0, remote_id, "cid", f"https://bsky.example/{key}", written)
    )


def live_through(site: Site) -> None:
    """A house in trouble: an incident that nobody has taken, one that is contained and answered for, one that was
    learned from; a pause that is over, a drill, and one in force."""
    house, clock = site.house, site.clock
    by, incidents, notices = Doing("maelle", clock(), ""), house.incidents, house.notices
    waiting = Waiting(time.monotonic, time.sleep)
    theirs = {"queries": (), "author": US, "created_at": clock() - 60_000}
    posts = [site.hear(THEIRS, remote_id=f"at://did:plc:nous/app.bsky.feed.post/{key}", **theirs)[0] for key in "abc"]
    first, second, third = (about(site, post) for post in posts)
    site.hear("Arnaque ?", "Compte piraté", reply_to=first.remote_id, thread=first.remote_id)

    second = flow.acknowledge(incidents, notices, second, by)
    (ours,) = handling.ours(incidents, house.publications, house.archive, second)
    handling.recall(incidents, house.publications, second, ours, by, house.charter())
    stopped = pausing.pause(house.publications, ("bsky",), "Compte volé", by, waiting, incident=second.id)
    second = handling.suspended(incidents, incidents.get(second.id), stopped.pause, by)
    statement = handling.begin_statement(house.drafts, Content("Ce message n'est pas de nous.", ("bsky",)), by)
    flow.contain(incidents, notices, handling.answered_by(incidents, second, statement, by), by)

    third = flow.contain(incidents, notices, flow.acknowledge(incidents, notices, third, by), by)
    flow.learn(incidents, flow.resolve(incidents, notices, third, by), by, "La clé ne se partage plus.", "")
    pausing.propose(house.publications, house.charter(), stopped.pause.id, (), by)

    drill = Pause(0, (), "maelle", "", clock(), settled_ms=2_100, drill=True)
    house.publications.pause(drill, Act(clock(), "maelle", "pause.drilled", "pause"))
    schedule(site, "Samedi, on ouvre la torréfaction.", "Le Huila passe de 9,80 à 10,60 €.")
    pausing.pause(house.publications, ("bsky",), "Alerte rouge. On se tait.", by, waiting)
