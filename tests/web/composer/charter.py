"""A charter with two accounts, objectives and a rule of the house."""

from web.served import CHARTER

GUARANTEE = "Un moulin finit par casser. On promet ce que l'on tient."
CHARTER = (
    CHARTER.replace(
        "channels:\n  - {id: bsky, network: bluesky, account: brulerie.example, owner: maelle}\n",
        """\
objectives:
  - {id: meet, statement: Rencontrer quarante nouveaux visages}
channels:
  - {id: bsky, network: bluesky, account: brulerie.example, owner: maelle, objectives: [meet]}
  - {id: masto, network: mastodon, account: brulerie@port.example, owner: maelle, objectives: [meet]}
""",
    )
    + f"""\
checks:
  accessibility: {{severity: block}}
  claims: {{off: true}}
rules:
  - id: garantie
    match: '"garanti* à vie"'
    severity: block
    why: {{fr: "{GUARANTEE}", en: A grinder breaks in the end.}}
    suggest: {{fr: Dites ce que nous ferons si cela casse., en: Say what we will do.}}
    bad: [Nos moulins sont garantis à vie.]
    good: [Un souci avec un moulin, on le répare.]
"""
)
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001"
    "a5f645400000000049454e44ae426082"
)
"""A PNG of one dot."""

APPROVED = (
    CHARTER.replace(
        "account: brulerie.example, owner: maelle, objectives: [meet]}",
        'account: brulerie.example, owner: maelle, objectives: [meet], slots: [09:30, "tue 11:30"],\n'
        '     quiet: ["22:00-07:00"]}',
    ).replace(
        "  - {id: ines, name: Inès Abgrall, roles: [reader]}\n",
        "  - {id: ines, name: Inès Abgrall, roles: [approver]}\n",
    )
    + """\
approvals:
  - {id: relecture, by: [approver, maelle], replies: never, expires: 3d}
calendar:
  mourning:
    - {day: 2026-11-24, why: naufrage de la Marie-Jeanne}
"""
)
"""The same where ``ines`` approves, or ``maelle``, who also schedules; with good moments and quiet nights."""
