"""The first charter of a house, written to be read and carried on by hand."""

from collections.abc import Sequence

from vigie.charter import scribe

_FRENCH = """\
# La charte de la maison. Vigie la relit dès que ce fichier change : rien à redémarrer.
# « vigie charter check » dit tout ce qui n’y va pas, ligne par ligne.
charter: 1

company:
{company}

# Pourquoi la maison parle en public, en une phrase que chacun peut redire.
# why: Être ceux à qui l’on parle, pas ceux qui crient.

# Ce que Vigie écoute. Chaque requête dit pourquoi : on ne garde pas les mots des gens sans raison.
{queries}

# Ce que la maison n’écrit pas. Chaque règle dit pourquoi, et se prouve sur ses propres exemples :
# « bad », elle les arrête ; « good », elle les laisse passer. Les contrôles de Vigie valent en plus.
#   - id: garantie
#     match: '"garanti* à vie"'
#     severity: block   # note, warn ou block
#     why: on ne promet que ce que l’on tient
#     bad: [Nos moulins sont garantis à vie]
#     good: [Un moulin en panne se répare]
rules: []

# Les comptes de la maison. Ce qu’ils publient est gardé, quoi qu’en disent les requêtes.
#   - id: bluesky
#     network: bluesky
#     account: maison.example
#     purpose: répondre aux clients
channels: []

# Qui travaille ici, et ce que chacun peut faire : reader, author, approver, publisher, owner.
people:
{people}

# Qui relit avant que rien ne parte. Personne ne valide ses propres mots.
#   - {{id: relecture, by: [approver], replies: never, expires: 3d}}
approvals: []

# Le jour où ça tourne mal, décidé un jour calme : qui Vigie appelle, et ce qui l’arrête d’elle-même.
#   pause_when:
#     - {{id: main-inconnue, on: unknown-hand}}   # le compte dit quelque chose que Vigie n’a pas envoyé
crisis:
  on_call: [{owner}]

# Ce que Vigie lit. Le réseau public de Bluesky ne demande aucun compte.
listening:
  keep: matched   # les mentions, nos messages et leurs fils ; « all » garde tout ce qui est lu
  sources:
    - id: bluesky
      network: bluesky

# Combien de temps les mentions restent.
retention:
  mentions_days: 365
"""

_ENGLISH = """\
# The house's charter. Vigie reads it again whenever this file changes: nothing to restart.
# "vigie charter check" tells everything that is wrong with it, line by line.
charter: 1

company:
{company}

# Why the house speaks in public, in one sentence that anyone here can repeat.
# why: Be the ones people talk with, not the ones who shout.

# What Vigie listens for. Each query says why: nobody's words are kept without a reason.
{queries}

# What the house does not write. Each rule says why, and proves itself on its own examples: it stops
# those under "bad", and lets those under "good" pass. Vigie's own checks hold besides.
#   - id: guarantee
#     match: '"lifetime guarantee"'
#     severity: block   # note, warn or block
#     why: we promise what we can keep
#     bad: [Every grinder has a lifetime guarantee]
#     good: [A grinder that fails can be mended]
rules: []

# The house's own accounts. What they post is kept, whatever the queries say.
#   - id: bluesky
#     network: bluesky
#     account: house.example
#     purpose: answer customers
channels: []

# Who works here, and what each may do: reader, author, approver, publisher, owner.
people:
{people}

# Who reads over before anything goes out. Nobody approves words of their own.
#   - {{id: read-over, by: [approver], replies: never, expires: 3d}}
approvals: []

# The day when something goes wrong, decided on a quiet one: whom Vigie calls, and what makes it stop by itself.
#   pause_when:
#     - {{id: stranger, on: unknown-hand}}   # the account says something that Vigie did not send
crisis:
  on_call: [{owner}]

# What Vigie reads. The public Bluesky network asks for no account.
listening:
  keep: matched   # mentions, our own posts and their threads; "all" keeps everything that is read
  sources:
    - id: bluesky
      network: bluesky

# How long mentions stay.
retention:
  mentions_days: 365
"""

_PURPOSES = {"fr": "savoir ce que l’on dit de nous", "en": "know what is said of us"}


def first_charter(
    *,
    name: str,
    listen_for: str,
    languages: Sequence[str],
    timezone: str,
    owner_id: str,
    owner_name: str,
    lang: str = "",
) -> str:
    """The text of a first charter, its comments in the owner's language.

    Args:
        name: the house's.
        listen_for: a query in the listening language; empty when the question was skipped.
        languages: those the house listens in; the first one also chooses the comments' when ``lang`` is not given.
        timezone: an IANA name.
        owner_id: the first person's id, the one of their account.
        owner_name: their name as colleagues write it.
        lang: ``fr`` or ``en``.
    """
    lang = lang or next((one for one in languages if one in _PURPOSES), "en")
    match = listen_for.replace("\r\n", "\n").strip()
    query = {"id": "brand", "purpose": _PURPOSES[lang], "match": match}
    queries = ["queries:", *scribe.item(query, 2)] if match else ["queries: []"]
    company = {"name": name, "languages": tuple(languages), "timezone": timezone}
    owner = {"id": owner_id, "name": owner_name, "roles": ("owner",)}
    return (_FRENCH if lang == "fr" else _ENGLISH).format(
        company="\n".join("  " + line for key, value in company.items() for line in scribe.entry(key, value, 2)),
        queries="\n".join(queries),
        people="\n".join(scribe.item(owner, 2)),
        owner=owner_id,
    )
