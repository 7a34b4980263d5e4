"""The demo house's charter, written as its people would: in French, with comments."""

from collections.abc import Sequence

_TEXT = """\
# La charte de la Brûlerie du Port. Maison inventée, réseau inventé : c'est la démonstration de Vigie.
# Changez ce que vous voulez, Vigie relit ce fichier aussitôt.
charter: 1

company: {{name: Brûlerie du Port, languages: [{languages}], timezone: Europe/Paris}}

why: Être la brûlerie à qui l'on parle, pas celle qui crie.

# Ce que nous voulons obtenir d'ici la fin de l'année.
objectives:
  - {{id: repondre, statement: Chaque question reçoit une réponse humaine dans la journée}}
  - {{id: retrouver, statement: La moitié des gens qui nous parlent nous ont déjà parlé}}
  - {{id: expliquer, statement: On comprend d'où vient chaque café et ce qu'il coûte}}

channels:
  - id: bluesky
    network: bluesky
    account: brulerie.example
    account_id: demo:bluesky:brulerie
    purpose: répondre aux clients, raconter l'atelier
    objectives: [repondre, retrouver]
    owner: ines
    languages: [fr, en]
    capacity: 5h/week
    cadence: {{at_least: 3/week, at_most: 2/day}}
    reply_within: 4h
    selling_at_most: 20%

  - id: mastodon
    network: mastodon
    account: brulerie@port.example
    account_id: demo:mastodon:brulerie
    purpose: parler métier avec ceux qui torréfient
    objectives: [expliquer]
    owner: yanis
    languages: [fr]
    capacity: 3h/week
    cadence: {{at_least: 1/week, at_most: 2/day}}
    reply_within: 1d
    selling_at_most: 10%

# Chaque requête dit pourquoi nous écoutons. {{marque}} reprend la requête « marque ».
queries:
  - id: marque
    name: Marque
    purpose: savoir ce que l'on dit de nous, et répondre à qui attend
    route: inbox
    match: |
      # notre nom, nos comptes, notre mot-dièse ; pas nos propres messages
      ("brûlerie du port" OR @brulerie OR #BrulerieDuPort)
      NOT from:brulerie.example NOT from:brulerie@port.example

  - id: livraison
    name: Livraison
    purpose: repérer les colis perdus avant que les gens se fâchent
    route: inbox
    match: |
      {{marque}} AND (colis OR livr* OR commande* OR parcel* OR deliver* OR order*)

  # Posée après l'hiver dernier : un nom de café peut mal tomber.
  - id: tempete
    name: Tempête
    purpose: ne pas rater un mot malheureux autour du Blend Tempête
    match: |
      "blend tempête" OR #BlendTempete
      OR ({{marque}} AND (tempête OR storm OR "alerte rouge" OR "red alert" OR chalutier OR trawler))

  - id: concurrents
    name: Concurrents
    purpose: voir ce que font les deux maisons voisines, sans les copier
    keep_days: 90
    match: '"cafés gravelot" OR "maison tadorne" OR #Gravelot OR #Tadorne'

  - id: metier
    name: Métier
    purpose: suivre ce qui se dit de la torréfaction
    keep_days: 90
    match: |
      (torréf* OR roaster* OR roasting OR "café de spécialité" OR "specialty coffee")
      NOT {{marque}} NOT {{concurrents}} NOT from:brulerie.example NOT from:brulerie@port.example

  - id: presse
    name: Presse
    purpose: lire ce que la presse d'ici écrit du port
    match: '"port-kervé" AND network:rss'

people:
  - {{id: odile, name: Odile Quéméner, email: odile@brulerie.example, roles: [owner, approver]}}  # direction
  - id: maelle  # communication
    name: Maëlle Kerbrat
    email: maelle@brulerie.example
    roles: [owner, approver, publisher]
  - {{id: ines, name: Inès Abgrall, email: ines@brulerie.example, roles: [author, publisher]}}  # communauté
  - {{id: yanis, name: Yanis Belkadi, email: yanis@brulerie.example, roles: [author]}}  # communauté
  - {{id: tanguy, name: Tanguy Le Dû, email: tanguy@brulerie.example, roles: [author]}}  # torréfaction
  - {{id: soizic, name: Soizic Perrot, email: soizic@brulerie.example, roles: [reader]}}  # boutique

listening:
  keep: matched
  sample: true
  sources:
    # Le réseau de démonstration : cinq semaines d'histoire, puis la vie qui continue.
    - {{id: demo, network: demo}}

retention: {{mentions_days: 365, sample_hours: 24, backups: 7}}
"""


def charter(languages: Sequence[str] = ("fr", "en")) -> str:
    """The text of the demo's ``charter.yaml``; its house listens in these languages."""
    return _TEXT.format(languages=", ".join(languages))
