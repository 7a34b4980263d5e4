"""Health and metrics for those who watch the watcher."""

from vigie.model import SourceState


def test_health_says_how_many_sources_are_down_and_names_none(site):
    with site.visit() as client:
        well = client.get("/healthz")
        site.house.archive.set_source(SourceState("bluesky", "bluesky", state="retrying", error="unreachable"))
        ill = client.get("/healthz")
    assert (well.status_code, well.json()) == (200, {"status": "ok", "sources": 2, "down": 0})
    assert (ill.status_code, ill.json()) == (503, {"status": "degraded", "sources": 2, "down": 1})


def test_metrics_are_for_this_machine_and_for_people_of_the_house(site, client):
    with site.visit() as stranger:
        near = stranger.get("/metrics")
        proxied = stranger.get("/metrics", headers={"x-forwarded-for": "203.0.113.9"})
    known = client.get("/metrics", headers={"x-forwarded-for": "203.0.113.9"})
    assert 'vigie_source_reading{network="bluesky",source="bluesky"} 1.0' in near.text
    assert [near.status_code, proxied.status_code, known.status_code] == [200, 403, 200]
