"""The demo house's charter, written as its people would: in French, with comments."""

from collections.abc import Sequence

_TEXT = """\
# La charte de la Brûlerie du Port. Maison inventée, réseau inventé : c'est la démonstration de Vigie.
# Changez ce que vous voulez, Vigie relit ce fichier aussitôt.
charter: 1

company:
  name: Brûlerie du Port
  languages: [{languages}]
  timezone: Europe/Paris
  domains: [brulerie.example]
  contacts: [bonjour@brulerie.example]
  country: FR

why: Être la brûlerie à qui l'on parle, pas celle qui crie.

# Ce que nous voulons obtenir d'ici la fin de l'année.
objectives:
  - id: repondre
    statement: Chaque question reçoit une réponse humaine dans la journée
    measure: first_response_time.p90
    target: "<= 4h"
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
    quiet: ["22:00-07:00"]
    # les heures où l'on nous lit ; la file les remplit dans l'ordre
    slots: [tue 11:30, thu 18:10, sat 10:00]
    voice: nous

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
    quiet: ["22:00-07:00"]
    slots: [wed 12:15, fri 17:30]

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

# Avec qui nous travaillons aux yeux de tous. « paid » : il faut le dire quand on en parle.
partners:
  - {{name: Ferme du Quai, handles: [ferme-du-quai.example], paid: true}}

calendar:
  on_holidays: never
  mourning:
    # le naufrage de la Marie-Jeanne : ce jour-là, le port se tait
    - {{day: 2019-02-09, why: naufrage de la Marie-Jeanne, every_year: true}}

# Les contrôles que Vigie apporte, réglés à notre goût. Ceux qui ne sont pas nommés ici valent tels quels.
checks:
  corporate: {{allow: [levier du percolateur]}}

# Ce que nous n'écrivons pas, et pourquoi. Chaque règle se prouve sur ses propres exemples.
rules:
  - id: garantie
    match: '"garanti* à vie" OR "satisfait ou remboursé" OR "lifetime guarantee" OR "money back"'
    severity: block
    why:
      fr: Un moulin finit par casser. On promet ce que l'on tient, et rien d'autre.
      en: A grinder breaks in the end. We promise what we can keep, and nothing else.
    suggest:
      fr: Dites ce que nous ferons si cela casse.
      en: Say what we will do when it breaks.
    bad:
      fr: [Nos moulins sont garantis à vie., "Essayez-le : satisfait ou remboursé."]
      en: [Every grinder has a lifetime guarantee.]
    good:
      fr: [Un moulin en panne ? Tanguy le répare à l'atelier., La garantie légale est de deux ans.]
      en: [A grinder that fails? Tanguy mends it in the workshop.]

  - id: voisins
    was: [concurrents]
    match: '{{concurrents}}'
    severity: warn
    why:
      fr: Nous ne parlons pas des deux autres maisons du port, ni en bien ni en mal.
      en: We do not speak of the two other roasters of the port, well or badly.
    bad:
      fr: ["Le nôtre n'a pas le goût de brûlé des Cafés Gravelot."]
      en: [Better than Maison Tadorne.]
    good:
      fr: [Chacun torréfie à sa façon sur ce port.]
      en: [Everyone on this quay roasts in their own way.]

  # Depuis l'hiver dernier : pas de Blend Tempête pendant une tempête.
  - id: tempete
    match: '"blend tempête" OR #BlendTempete OR "storm blend"'
    when: incidents.size() > 0
    severity: block
    why:
      fr: Un nom de café tombe mal quand des bateaux sont en mer. On en reparle quand l'incident est clos.
      en: A coffee's name hurts while boats are out. We speak of it when the incident is closed.
    bad:
      fr: [{{text: Le Blend Tempête est de retour., incidents: [all]}}]
      en: [{{text: Storm Blend is back., incidents: [all]}}]
    good:
      fr: [Le Blend Tempête est de retour.]
      en: [Storm Blend is back.]

  - id: reponse-d-un-mot
    when: draft.is_reply && draft.length < 20
    status: trial
    why:
      fr: Une réponse d'un mot ferme la conversation au lieu de l'ouvrir.
      en: A reply of one word closes the conversation rather than opening it.
    bad:
      fr: [{{text: Merci, answers: Mon paquet est arrivé ouvert.}}]
      en: [{{text: Thanks, answers: My parcel came open.}}]
    good:
      fr:
        - Merci
        - {{text: "Merci de nous l'avoir dit : Inès vous écrit ce matin.", answers: Mon paquet est arrivé ouvert.}}
      en: [{{text: "Thank you for telling us: Inès writes to you this morning.", answers: My parcel came open.}}]

# Qui relit avant que rien ne parte. Personne ne valide ses propres mots ; une réponse part sans attendre, sauf si un
# contrôle s'en inquiète.
approvals:
  - {{id: relecture, by: [approver], replies: never, expires: 3d}}
  - {{id: mot-sensible, by: [approver], severity: warn, replies: only, expires: 1d}}
  # ce qui devait s'arrêter et qu'on laisse passer : toute la direction d'accord
  - {{id: accord-de-tous, by: [approver], need: all, severity: block}}

# Le jour où ça tourne mal : décidé un jour calme, depuis l'hiver dernier.
crisis:
  pause_when:
    - {{id: main-inconnue, on: unknown-hand}}
    - {{id: reponses, on: reply-ratio, at_least: 4, of: 8, within: 6h}}
    - {{id: mots, on: crisis-words, query: tempete, at_least: 5, within: 6h}}
    # 1 est le bord de ce que la semaine a connu
    - {{id: emballement, on: surge, query: marque, at_least: 1.6, then: alert}}
  on_call: [maelle, odile]  # dans l'ordre où on les appelle
  contain_within: 10m
  escalate_after: 5m
  late_after: 15m
  playbook:
    - id: premiers-gestes
      steps:
        - {{do: {{fr: Lire ce qui a été publié et où, en: Read what went out and where}}, within: 5m}}
        - do:
            fr: Décider si le message reste, est corrigé ou retiré
            en: Decide whether the post stays, is corrected or taken back
          owner: maelle
          within: 10m
        - do: {{fr: Dire publiquement ce qui s'est passé, en: Say publicly what happened}}
          owner: maelle
          within: 1h
        - do: {{fr: Prévenir la boutique, en: Tell the shop}}
          owner: ines
          within: 30m
          tell: Soizic, à la boutique
    - id: compte-pris
      on: [unknown-hand]
      steps:
        - do:
            fr: Changer le mot de passe du compte et fermer les autres sessions
            en: Change the account's password and close its other sessions
          owner: ines
          within: 10m
        - do:
            fr: Retirer à chaque outil tiers son accès au compte
            en: Take every other tool's access to the account away
          owner: ines
          within: 30m
    - id: emballement
      on: [tripwire, surge]
      steps:
        - do: {{fr: Compter qui est touché et qui en parle, en: Count who is hurt and who speaks of it}}
          owner: yanis
          within: 15m
  answers:
    - id: le-point
      name: Nous faisons le point
      text:
        fr: Nous avons lu vos messages. Nous faisons le point, et nous revenons ici avant ce soir.
        en: We have read your messages. We are working on it and will be back here before tonight.
    - id: compte-pris
      name: Compte pris
      text:
        fr: "Nous sommes désolés : ce dernier message n'est pas de nous. Il est retiré, le compte est de nouveau sûr."
        en: "We are sorry: that last post was not ours. It is gone, and the account is safe again."

people:
  - {{id: odile, name: Odile Quéméner, email: odile@brulerie.example, roles: [owner, approver]}}  # direction
  - id: maelle  # communication
    name: Maëlle Kerbrat
    email: maelle@brulerie.example
    roles: [owner, approver, publisher]
  - {{id: ines, name: Inès Abgrall, email: ines@brulerie.example, roles: [author, publisher],
     quiet: ["20:00-07:30"]}}  # communauté
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
