"""Health and metrics for those who watch the watcher."""

from vigie.flows.ports.pulse import Pulse
from vigie.model import SourceState
from web.served import MovableClock, serving


def test_health_says_how_many_sources_are_down_and_names_none(site):
    with site.visit() as client:
        well = client.get("/healthz")
        site.house.archive.set_source(SourceState("bluesky", "bluesky", state="retrying", error="unreachable"))
        ill = client.get("/healthz")
    assert (well.status_code, well.json()) == (200, {"status": "ok", "sources": 2, "down": 0, "roles": {}})
    assert (ill.status_code, ill.json()) == (503, {"status": "degraded", "sources": 2, "down": 1, "roles": {}})


def test_health_says_which_role_is_silent_or_in_trouble(tmp_path):
    clock = MovableClock()
    beats = [Pulse("web", clock()), Pulse("listen", clock() - 11_000), Pulse("work", clock(), trouble="disk-full")]
    with serving(tmp_path / "home", clock=clock, pulses=lambda: beats) as site, site.visit() as client:
        answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["roles"] == {"web": "ok", "listen": "silent", "work": "disk-full"}


def test_metrics_are_for_this_machine_and_for_people_of_the_house(site, client):
    with site.visit() as stranger:
        near = stranger.get("/metrics")
        proxied = stranger.get("/metrics", headers={"x-forwarded-for": "203.0.113.9"})
    known = client.get("/metrics", headers={"x-forwarded-for": "203.0.113.9"})
    assert 'vigie_source_reading{network="bluesky",source="bluesky"} 1.0' in near.text
    assert [near.status_code, proxied.status_code, known.status_code] == [200, 403, 200]
