"""What all tests share: machine code; a skip is a failure in CI unless named here; evaluation data."""

import os
from pathlib import Path

import hypothesis
import pytest

# imported now: its plug-in otherwise imports it at the end of a run, where Python 3.11's ast.parse may fail (gh-106905)
hypothesis.settings.register_profile("vigie", deadline=None, print_blob=True)
hypothesis.settings.load_profile("vigie")

CHECKOUT = Path(__file__).resolve().parents[1]
# Machine code is made once for all tests and the processes that they start, not once for each new home: it takes a
# quarter of a minute. Numba reads this when it is imported.
os.environ.setdefault("NUMBA_CACHE_DIR", str(CHECKOUT / ".cache/numba"))
ALLOWED_SKIPS = (
    "nothing is read-only for root",  # a run is either root's or not: the other half runs elsewhere
    "no right to make a small disk here",
    "no evaluation data beside the checkout",  # it is never part of the project
    "evaluation data is not beside the checkout",
)
"""Reasons (their beginnings) for which a test may be skipped in CI."""


@pytest.fixture(scope="session")
def evaluation_data() -> Path:
    """The folder of evaluation data; the test is skipped where it does not lie beside the checkout."""
    folder = CHECKOUT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("no evaluation data beside the checkout")
    return folder


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):
    """Turns an unexpected skip into a failure when CI is set."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("CI"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        if not reason.removeprefix("Skipped: ").startswith(ALLOWED_SKIPS):
            report.outcome = "failed"
            report.longrepr = f"skipped in CI, where nothing may be: {reason}"
    return report
