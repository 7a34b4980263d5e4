"""First names, last names and nicknames; every pairing is chance, nobody is meant."""

FIRST: dict[str, tuple[str, ...]] = {
    "fr": (
        "Lou", "Gwen", "Noémie", "Marion", "Erwan", "Nolwenn", "Malo", "Enora", "Yann", "Katell", "Ronan",
        "Anaïs", "Loïc", "Solenn", "Briac", "Awen", "Tifenn", "Maxime", "Sarah", "Karim", "Inaya", "Hugo",
        "Chloé", "Samir", "Élise", "Théo", "Morgane", "Alan", "Rozenn", "Kévin", "Aïcha", "Mathis", "Louise",
        "Paol", "Annick", "Bernard", "Odette", "Jeanne",
    ),
    "en": (
        "Tom", "Grace", "Priya", "Callum", "Ella", "Owen", "Maeve", "Jack", "Nia", "Harriet", "Dev", "Rosie",
        "Liam", "Ffion", "Alice", "Conor", "Zoe", "Sam", "Imogen", "Ravi", "Beth", "Niall", "Hannah", "Luke",
        "Morwenna", "Ben",
    ),
}  # fmt: skip
LAST: dict[str, tuple[str, ...]] = {
    "fr": (
        "Ferrand", "Tréguer", "Kermarec", "Le Goff", "Bihan", "Quéré", "Salaün", "Madec", "Riou", "Cariou",
        "Le Bras", "Guivarc", "Berthou", "Floc'h", "Lannuzel", "Morvan", "Péron", "Jaouen", "Moreau", "Diallo",
        "Benali", "Roussel", "Caradec", "Abiven",
    ),
    "en": (
        "Hartley", "Penrose", "Okafor", "Byrne", "Llewellyn", "Shah", "Whitlock", "Marsh", "Tregenza", "Doyle",
        "Ashdown",
    ),
}  # fmt: skip
NICK: dict[str, tuple[str, ...]] = {
    "fr": (
        "marin", "mouette", "phare", "granit", "embrun", "goemon", "bigorneau", "menhir", "ajonc", "cidre",
        "galette", "bruine", "crachin", "vague", "ponton", "boussole", "chalut", "sardine", "bernique",
        "krampouz", "plume", "tabouret", "pixel",
    ),
    "en": (
        "gull", "harbour", "drizzle", "kettle", "teapot", "lighthouse", "puffin", "saltydog", "crumpet",
        "wellies", "pebble",
    ),
}  # fmt: skip
