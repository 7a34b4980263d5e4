"""The behaviour suites on SQLite."""

from store.suite_accounts import AccountsSuite, ActsSuite
from store.suite_appending import AppendSuite
from store.suite_copies import CopiesSuite
from store.suite_drafts import DraftsSuite
from store.suite_forgetting import ForgetSuite
from store.suite_incidents import IncidentsSuite, SignalsSuite
from store.suite_notices import NoticesSuite
from store.suite_pauses import PausingSuite, ReleasingSuite
from store.suite_publications import ApprovalSuite, FindingSuite, SchedulingSuite
from store.suite_reading import ReadSuite, SourceSuite
from vigie.flows.ports.accounts import Accounts
from vigie.flows.ports.archive import Acts, Archive
from vigie.flows.ports.drafts import Drafts
from vigie.flows.ports.incidents import Incidents
from vigie.flows.ports.notices import Notices
from vigie.flows.ports.publications import Publications
from vigie.flows.ports.signals import Signals
from vigie.store import Store


def test_the_adapters_have_the_shape_of_their_ports(store: Store) -> None:
    archive: Archive = store.archive
    acts: Acts = store.acts
    accounts: Accounts = store.accounts
    drafts: Drafts = store.drafts
    publications: Publications = store.publications
    incidents: Incidents = store.incidents
    notices: Notices = store.notices
    signals: Signals = store.signals
    assert all((publications, incidents, notices, signals))
    assert archive
    assert acts
    assert accounts
    assert drafts


class TestAppending(AppendSuite): ...


class TestSources(SourceSuite): ...


class TestReading(ReadSuite): ...


class TestForgetting(ForgetSuite): ...


class TestActs(ActsSuite): ...


class TestAccounts(AccountsSuite): ...


class TestDrafts(DraftsSuite): ...


class TestScheduling(SchedulingSuite): ...


class TestFinding(FindingSuite): ...


class TestApprovals(ApprovalSuite): ...


class TestPausing(PausingSuite): ...


class TestReleasing(ReleasingSuite): ...


class TestIncidents(IncidentsSuite): ...


class TestSignals(SignalsSuite): ...


class TestNotices(NoticesSuite): ...


class TestCopies(CopiesSuite): ...
