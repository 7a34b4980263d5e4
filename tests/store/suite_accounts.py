"""What every record of acts and every adapter of the accounts does."""

import pytest
from msgspec import structs

from store.making import DAY, NOON, act
from vigie.flows.ports.accounts import Account, LoginTakenError, Session, Token
from vigie.store import Store


class ActsSuite:
    """The record of acts."""

    def test_acts_come_back_latest_first(self, store: Store) -> None:
        acts = [
            act(at=NOON + n, details={"n": n, "s": "é", "b": True, "none": None}, why="parce que") for n in range(5)
        ]
        for one in acts:
            store.acts.record(one)
        latest = store.acts.latest(limit=3)
        assert [one for _, one in latest] == acts[:1:-1]
        assert [one for _, one in store.acts.latest(before=latest[-1][0])] == acts[1::-1]

    def test_a_new_charter_is_told_to_the_pages(self, store: Store) -> None:
        store.acts.record(act("query.changed"))
        assert store.archive.changes(0) == []
        store.acts.record(act("query.changed", details={"charter": "abc"}))
        assert [change.kind for change in store.archive.changes(0)] == ["charter"]


class AccountsSuite:
    """Logins."""

    def test_accounts(self, store: Store) -> None:
        accounts = store.accounts
        odile = Account(
            "odile", "odile", "$argon2id$", "TOTP", created_at=NOON, must_change=True, lang="fr", theme="dark"
        )
        maelle = Account("maelle", "maelle", "$argon2id$")
        accounts.add(odile, act("account.added"))
        accounts.add(maelle, act("account.added"))
        assert accounts.all() == [maelle, odile]
        assert accounts.get("odile") == odile
        assert accounts.get("nobody") is None
        with pytest.raises(LoginTakenError):
            accounts.add(odile, act("account.added"))
        accounts.change(structs.replace(odile, lang="en"), None)
        assert accounts.get("odile") == structs.replace(odile, lang="en")
        with pytest.raises(LookupError):
            accounts.change(Account("nobody", "", ""), act())
        assert [one.verb for _, one in store.acts.latest()] == ["account.added", "account.added"]

    def test_a_disabled_account_loses_sessions_and_tokens(self, store: Store) -> None:
        accounts = store.accounts
        odile = Account("odile", "odile", "hash")
        accounts.add(odile, act())
        session = Session("d1", "odile", NOON, NOON, "127.0.0.1", "Firefox")
        token = Token("t1", "d2", "odile", "script", "read", NOON, None, NOON + DAY)
        accounts.open_session(session, act())
        accounts.open_session(structs.replace(session, digest="d3", seen_at=NOON + 1), act())
        accounts.add_token(token, act())
        assert accounts.session("d1") == session
        assert [one.digest for one in accounts.sessions("odile")] == ["d3", "d1"]
        assert accounts.token("d2") == token
        assert accounts.tokens("odile") == [token]
        accounts.touch_session("d1", NOON + 5)
        accounts.touch_token("t1", NOON + 6)
        assert accounts.sessions("odile")[0] == structs.replace(session, seen_at=NOON + 5)
        assert accounts.tokens("odile") == [structs.replace(token, used_at=NOON + 6)]
        accounts.close_sessions(["d3", "unknown"], act())
        assert accounts.session("d3") is None
        accounts.change(structs.replace(odile, disabled=True), act("account.disabled"))
        assert accounts.session("d1") is accounts.token("d2") is None
        for opening in (lambda: accounts.open_session(session, act()), lambda: accounts.add_token(token, act())):
            with pytest.raises(LookupError):
                opening()

    def test_tokens_are_dropped(self, store: Store) -> None:
        store.accounts.add(Account("odile", "odile", "hash"), act())
        store.accounts.add_token(Token("t1", "d2", "odile", "script", "write", NOON), act())
        store.accounts.drop_token("t1", act("token.dropped"))
        assert store.accounts.tokens("odile") == []

    def test_failures_are_counted_by_key(self, store: Store) -> None:
        accounts = store.accounts
        for n in range(5):
            accounts.add_failure("login:odile", NOON + n)
        accounts.add_failure("address:1.2.3.4", NOON)
        assert accounts.failures("login:odile", NOON + 2) == 3
        accounts.clear_failures("login:odile")
        assert accounts.failures("login:odile", 0) == 0
        accounts.add_failure("login:x", NOON + 2 * DAY)
        assert accounts.failures("address:1.2.3.4", 0) == 0  # addresses are not kept longer than they serve

    def test_an_answer_is_given_again(self, store: Store) -> None:
        remember = store.accounts.remember_answer
        assert remember("key", "request", b"answer", NOON) is None
        assert remember("key", "request", b"other", NOON + 1) == b"answer"
        with pytest.raises(ValueError, match="key-reused"):
            remember("key", "another request", b"x", NOON + 2)
        assert remember("key", "another request", b"x", NOON + DAY + 1) is None
