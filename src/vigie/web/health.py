"""For those who watch the watcher: ``/healthz`` and ``/metrics``."""

from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import PermissionDeniedException
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest

from vigie.flows.ports.pulse import STALE, Pulse
from vigie.model import Millis
from vigie.web import hosts
from vigie.web.guard import OPEN
from vigie.web.house import house_of
from vigie.web.view import visitor_or_none

Asked = Request[Any, Any, Any]


@get("/healthz", opt=OPEN, sync_to_thread=True, include_in_schema=False)
def healthz(request: Asked) -> Response[dict[str, Any]]:
    """200 when the store answers, every source reads and every role is alive; 503 otherwise. Names no source."""
    house = house_of(request)
    states = house.archive.sources()
    down = sum(state.state == "retrying" or bool(state.error) for state in states)
    roles = {pulse.role: _alive(pulse, house.clock()) for pulse in house.pulses()}
    well = not down and all(state == "ok" for state in roles.values())
    body = {"status": "ok" if well else "degraded", "sources": len(states), "down": down, "roles": roles}
    return Response(body, status_code=200 if well else 503)


@get("/metrics", opt=OPEN, sync_to_thread=True, include_in_schema=False)
def metrics(request: Asked) -> Response[bytes]:
    """Prometheus' text form, for this machine and for people who may see the sources."""
    who = visitor_or_none(request)
    local = request.client is not None and hosts.loopback(_bracketed(request.client.host))
    proxied = "x-forwarded-for" in request.headers
    if not (local and not proxied) and not (who and who.may("read-sources")):
        raise PermissionDeniedException
    registry = CollectorRegistry()
    house = house_of(request)
    reading = Gauge("vigie_source_reading", "1 while the source is read", ["source", "network"], registry=registry)
    lag = Gauge("vigie_source_lag_seconds", "Age of the newest event", ["source", "network"], registry=registry)
    events = Gauge("vigie_source_events_total", "Events read", ["source", "network"], registry=registry)
    kept = Gauge("vigie_source_kept_total", "Posts kept", ["source", "network"], registry=registry)
    rejected = Gauge(
        "vigie_source_rejected_total", "Unreadable events", ["source", "network", "reason"], registry=registry
    )
    now = house.clock()
    for state in house.archive.sources():
        reading.labels(state.id, state.network).set(state.state == "reading")
        events.labels(state.id, state.network).set(state.events)
        kept.labels(state.id, state.network).set(state.kept)
        if state.latest is not None:
            lag.labels(state.id, state.network).set((now - state.latest) / 1000)
        for reason, count in state.rejected.items():
            rejected.labels(state.id, state.network, reason).set(count)
    return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)


def _alive(pulse: Pulse, now: Millis) -> str:
    if pulse.trouble:
        return pulse.trouble
    return "ok" if now - pulse.at <= STALE else "silent"


def _bracketed(address: str) -> str:
    return f"[{address}]" if ":" in address else address
