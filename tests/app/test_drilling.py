"""A rehearsal of the order to stop: nothing real is touched, and what it showed is kept."""

from pathlib import Path

from vigie.app.clock import now
from vigie.app.drilling import drill
from vigie.app.opened import opened
from vigie.flows.drafts import Doing
from vigie.settings import read_settings


async def test_it_stops_what_goes_out_and_is_recorded_as_a_drill(tmp_path: Path):
    with opened(read_settings({"VIGIE_HOME": str(tmp_path / "home")}), "cli") as vigie:
        seen = await drill(vigie, Doing("maelle", now()), posts=30)
        assert seen.after == 0
        assert seen.stopped_ms is not None
        assert 0 < seen.held < 30
        assert seen.sent + seen.held <= 30
        (kept,) = vigie.store.publications.latest_pauses()
        assert (kept.drill, kept.settled_ms, kept.by) == (True, seen.stopped_ms, "maelle")
        assert vigie.store.publications.pauses() == []
        assert vigie.store.publications.of_states(("scheduled", "published")) == []
        assert [act.verb for _, act in vigie.store.acts.about(f"pause:{kept.id}")] == ["pause.drilled"]
        assert list(vigie.run_folder.iterdir()) == []
