"""A charter that uses every key, and the vocabulary the tests read it with."""

from vigie.charter import Vocabulary
from vigie.model import SourceSpec


def _problems(spec: SourceSpec) -> list[tuple[str, str, str]]:
    if spec.network == "rss" and not spec.address:
        return [("address", "no-address", "")]
    return []


VOCABULARY = Vocabulary(frozenset({"bluesky", "mastodon", "rss", "demo"}), _problems)

WHOLE = """\
# The house's charter.
charter: 1

company: {name: Brûlerie du Port, languages: [fr, en], timezone: Europe/Paris}
why: Être la brûlerie à qui l'on parle, pas celle qui crie.

channels:
  - id: bsky            # the one people use
    network: bluesky
    account: "@brulerie.example"
    account_id: did:plc:brulerie
    purpose: répondre
    owner: maelle
    languages: [fr]
    objectives: [answer]
    capacity: 5h/week
    cadence: {at_least: 2/week, at_most: 2/day}
    reply_within: 4h
    selling_at_most: 20%
  - {id: photo, network: photos, account: brulerie.photo}

queries:
  # what is said of us
  - id: brand
    purpose: savoir ce que l'on dit de nous
    match: '"brûlerie du port" OR @brulerie.example'
    route: inbox
    keep_days: 90

  - id: parcels
    purpose: mend late parcels
    match: |
      {brand}
      AND (colis OR livraison)

people:
  - {id: odile, name: Odile Quéméner, email: odile@brulerie.example, roles: [owner]}
  - id: maelle
    name: Maëlle Kerbrat
    roles:
      - author
      - approver

listening:
  keep: matched
  sample: false
  sources:
    - id: bluesky
      network: bluesky
    - {id: press, network: rss, address: 'https://press.example/feed', every: 15m, full: true, most: 40, tags: [a, b]}

retention: {mentions_days: 180, sample_hours: 12, backups: 3}

objectives:
  - {id: answer, statement: Each question gets a human answer within the day}
removals: {criticism: never}
"""
