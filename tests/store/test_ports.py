"""The behaviour suites on SQLite."""

from store.suite_accounts import AccountsSuite, ActsSuite
from store.suite_appending import AppendSuite
from store.suite_drafts import DraftsSuite
from store.suite_forgetting import ForgetSuite
from store.suite_reading import ReadSuite, SourceSuite
from vigie.flows.ports.accounts import Accounts
from vigie.flows.ports.archive import Acts, Archive
from vigie.flows.ports.drafts import Drafts
from vigie.store import Store


def test_the_adapters_have_the_shape_of_their_ports(store: Store) -> None:
    archive: Archive = store.archive
    acts: Acts = store.acts
    accounts: Accounts = store.accounts
    drafts: Drafts = store.drafts
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
