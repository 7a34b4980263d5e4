"""A charter that uses every key, and the vocabulary the tests read it with."""

from vigie.charter import Vocabulary
from vigie.checks import built_in
from vigie.model import SourceSpec


def _problems(spec: SourceSpec) -> list[tuple[str, str, str]]:
    if spec.network == "rss" and not spec.address:
        return [("address", "no-address", "")]
    return []


CHECKS = {check.id: check.options for check in built_in()}
VOCABULARY = Vocabulary(frozenset({"bluesky", "mastodon", "rss", "demo"}), _problems, CHECKS)

WHOLE = """\
# The house's charter.
charter: 1

company: {name: Brûlerie du Port, languages: [fr, en], timezone: Europe/Paris,
          domains: [brulerie.example], contacts: [bonjour@brulerie.example, 02 99 00 00 00],
          country: FR, known_handles: ["@port.example"]}
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
    quiet: ["22:00-07:00"]
    slots: [tue 11:30, 9:00]
    voice: nous
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
    quiet: ["20:00-07:30", "12:00-13:00"]

listening:
  keep: matched
  sample: false
  sources:
    - id: bluesky
      network: bluesky
    - {id: press, network: rss, address: 'https://press.example/feed', every: 15m, full: true, most: 40, tags: [a, b]}

retention: {mentions_days: 180, sample_hours: 12, backups: 3}

objectives:
  - {id: answer, statement: Each question gets a human answer within the day, measure: first_response_time.p90,
     target: "<= 4h", until: 2026-12-31}

partners: [{name: Ferme du Quai, handles: [ferme.example], paid: true}]

calendar:
  on_holidays: never
  mourning: [{day: 2025-11-13, why: attentats, every_year: true}]

checks:
  corporate: {severity: block, allow: [levier du percolateur]}

rules:
  - id: no-guarantee
    was: [guarantee]
    match: '"garanti* à vie" OR "lifetime guarantee"'
    when: 'draft.network != "mastodon" && !("owner" in author.roles)'
    severity: block
    why: {fr: On ne promet que ce que l'on tient., en: We promise what we can keep.}
    suggest: Dites ce que vous ferez si cela casse.
    bad:
      fr: [Nos cafés sont garantis à vie.]
      en: [Every mug has a lifetime guarantee]
    good:
      fr:
        - Un souci avec un paquet ? On le remplace.
        - {text: Garanti à vie, network: mastodon}
      en: [{text: A lifetime guarantee, roles: [owner]}]
    status: trial
    allow: [garanti à vie sur le moulin]
    languages: [fr, en]
    channels: [bsky]
    networks: [bluesky, mastodon]
approvals:
  - id: read-over
    by: [approver, odile]
    need: in-order
    channels: [bsky]
    networks: [bluesky, photos]
    languages: [fr]
    severity: warn
    replies: only
    expires: 2d
  - id: house

crisis:
  pause_when:
    - {id: stranger, on: unknown-hand}
    - {id: replies, on: reply-ratio, at_least: 4, of: 12, within: 6h, channels: [bsky], then: alert}
    - {id: words, on: crisis-words, query: brand, at_least: 2.5}
    - {id: quoted, on: quotes, followers: 5000}
  on_call: [odile]
  contain_within: 20m
  escalate_after: 3m
  late_after: 1h
  playbook:
    - id: first
      steps:
        - do: Lire ce qui est sorti
        - {do: {fr: Prévenir la boutique, en: Tell the shop}, owner: odile, within: 30m, tell: Soizic}
    - {id: taken, on: [unknown-hand, person], steps: [{do: Changer le mot de passe}]}
  answers:
    - {id: checking, name: On vérifie, text: {fr: On vérifie., en: We are checking.}}
webhooks: [{id: desk, url: "https://hooks.brulerie.example/vigie", about: all}]
removals: {criticism: never}
"""
