"""French: the small pieces that sentences are made of. The same keys as in `english_words`."""

WORDS: dict[str, tuple[str, ...]] = {
    # ourselves, as people name us
    "us": (
        "la Brûlerie du Port", "la Brûlerie du Port", "la Brûlerie du Port", "la brûlerie du port", "la brulerie du port",
        "{at}", "{at}", "#BrulerieDuPort",
    ),
    "Us": ("La Brûlerie du Port", "La Brûlerie du Port", "La brulerie du port", "{at}"),
    # openings and endings
    "hey": ("Bonjour", "Bonjour", "Bonsoir", "Salut", "Hello", "Coucou", "Dites", "Bonjour bonjour", "Hep"),
    "well": (
        "Bon,", "Alors,", "Franchement,", "Honnêtement,", "Bref,", "Sinon,", "Voilà,", "En vrai,", "Petit message :", "Au fait,",
        "Je sais pas vous mais", "Pour info,", "Note à moi-même :",
    ),
    "bye": (
        "", "", "", "", "Voilà.", "C'est tout.", "Bonne journée !", "Bon week-end à tous.", "Je dis ça, je dis rien.", "Merci d'avance.",
        "À méditer.", "Bisous.", "On en reparle.", "Kenavo.", "La bise.", "Fin du message.",
    ),
    "thanks": (
        "Merci !", "Merci d'avance.", "Merci par avance", "merci 🙏", "Merci pour votre réponse.", "Merci à vous", "Mille mercis.", "",
        "", "D'avance merci !", "Un grand merci.", "Bonne journée",
    ),
    "laugh": ("mdr", "😂", "ptdr", "haha", "lol", "😅", "hihi", "…"),
    # time
    "when": (
        "ce matin", "hier", "hier soir", "ce midi", "tout à l'heure", "ce week-end", "avant-hier", "cette semaine", "samedi",
        "en rentrant du boulot", "au petit-déj", "à la pause", "vers 15 h", "dimanche matin",
    ),
    "weekday": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "days": (
        "quatre jours", "cinq jours", "six jours", "une semaine", "huit jours", "neuf jours", "dix jours", "presque deux semaines",
        "une bonne semaine", "plus d'une semaine", "sept jours",
    ),
    "since": ("depuis des mois", "depuis l'an dernier", "depuis 2024", "depuis le printemps", "depuis toujours", "depuis la rentrée"),
    # coffee
    "bean": ("Sidamo", "Huila", "Yirgacheffe", "Kivu", "Tarrazú", "Sul de Minas", "déca", "mélange du matin", "Harrar", "Lempira"),
    "the_bean": (
        "le Sidamo", "le Huila", "le Yirgacheffe", "le Kivu", "le Tarrazú", "le Sul de Minas", "le déca", "le mélange du matin",
        "le Harrar", "le Lempira", "{the_month_bean}",
    ),
    "taste": (
        "la mandarine", "la noisette", "le jasmin", "l'abricot", "le cacao", "la fleur d'oranger", "la prune", "le thé noir",
        "la mûre", "le pain grillé", "le caramel au beurre salé", "la bergamote", "le pomelo", "la figue",
    ),
    "adj_good": (
        "superbe", "incroyable", "très bon", "délicieux", "vraiment top", "magnifique", "une tuerie", "parfait", "d'une douceur folle",
        "équilibré", "bluffant", "rond et doux",
    ),
    "adj_bad": ("décevant", "plat", "éventé", "trop amer", "sans goût", "brûlé", "acide", "moyen", "pas frais", "bien en dessous"),
    "brew": (
        "en cafetière italienne", "à la cafetière à piston", "en filtre", "en expresso", "en infusion à froid", "au siphon", "à la turque",
        "dans ma vieille italienne", "avec un moulin manuel",
    ),
    "gear": (
        "mon moulin", "ma machine", "ma cafetière italienne", "ma balance", "mon filtre en tissu", "ma bouilloire", "mon piston",
        "ma cafetière", "le moulin du bureau",
    ),
    "pack": ("un paquet de 250 g", "un kilo", "deux paquets", "trois paquets", "un sac de 5 kg", "le coffret", "un paquet"),
    "price": ("8,90 €", "9,80 €", "10,60 €", "11,40 €", "12,50 €", "34 € le kilo", "38 € le kilo", "15 balles"),
    # people and places
    "kin": (
        "ma mère", "mon père", "ma sœur", "mon frère", "ma collègue", "mon voisin", "ma belle-mère", "un copain", "mon mari", "ma femme",
        "ma grand-mère", "mon fils", "ma fille", "le patron", "ma voisine", "mon coloc", "un collègue", "ma tante",
    ),
    "place": (
        "à Quimper", "à Brest", "à Concarneau", "à Morlaix", "à Douarnenez", "à Rennes", "à Lorient", "à Vannes", "à Nantes", "à Paris",
        "à Landerneau", "à Carhaix", "à Crozon", "à Audierne",
    ),
    "far_place": ("à Brest", "à Quimper", "à Crozon", "à Morlaix", "à Landerneau", "à Douarnenez", "à Carhaix", "à Audierne",
                  "dans le Finistère", "dans le 29", "au bout du Finistère", "à Plogoff", "à Roscoff"),
    "spot": (
        "sur le quai", "au marché", "au comptoir", "sous la halle", "devant la criée", "à la boutique", "près du phare", "à l'atelier",
        "sur le port", "au coin de la rue des Filets",
    ),
    "rival": ("Cafés Gravelot", "Maison Tadorne", "Cafés Gravelot", "Maison Tadorne", "#Gravelot", "#Tadorne"),
    "amount": ("deux", "trois", "quatre", "cinq", "six", "une dizaine de", "une douzaine de", "quinze", "vingt"),
    "hour": ("7 h", "8 h", "9 h 30", "11 h", "midi", "14 h", "15 h 30", "17 h", "18 h", "19 h 30", "21 h"),
    # feelings, for the end of a sentence
    "joy": ("☕", "😍", "🙏", "✨", "👌", "❤️", "😋", "🤩", "☀️", "🥰", "👏"),
    "anger": ("😡", "🤦", "😤", "🙄", "👎", "😑", "🤬", "😒"),
    "wonder": ("🤔", "👀", "☕", "🤷", "🧐", "🙂", "😶"),
    "grief": ("🕯️", "💔", "⚓", "🌊", "😔", "🙏", "😢"),
    "coffee_tag": ("#café", "#café", "#barista", "#CaféFiltre", "#expresso", "#PauseCafé", "#coffeetime"),
    "life_tag": ("#Bretagne", "#Finistère", "#VieDeQuartier", "#weekend", "#lundi", "#humeur", "#météo", "#bzh", "#PetitBonheur"),
}  # fmt: skip

SEASON: dict[int, tuple[str, ...]] = {
    1: ("la galette des rois", "les grandes marées de janvier", "les bonnes résolutions", "le verglas", "les soldes"),
    2: ("la Chandeleur", "les vacances de février", "les premiers mimosas", "la pluie de février", "carnaval"),
    3: ("les giboulées", "la marée du siècle, encore une", "le retour des hirondelles", "le changement d'heure", "les jonquilles"),
    4: ("les œufs de Pâques", "les premières asperges", "le vent d'avril", "les vacances de Pâques", "les lilas"),
    5: ("les ponts de mai", "le muguet", "la fête des voisins", "les régates de mai", "les premières fraises"),
    6: ("la fête de la musique", "le bac", "les kermesses", "la Saint-Jean", "le solstice"),
    7: ("les vacances", "le feu d'artifice du port", "les touristes", "la fête de la mer", "la canicule"),
    8: ("les festoù-noz", "le mois d'août", "la brocante du 15 août", "les méduses", "les mûres"),
    9: ("la rentrée", "les grandes marées de septembre", "les cèpes", "les journées du patrimoine", "le forum des associations"),
    10: ("les châtaignes", "les vacances de la Toussaint", "les premières soupes", "le passage à l'heure d'hiver", "les citrouilles"),
    11: ("le marché de Noël qui s'installe", "les nuits longues", "les coquilles Saint-Jacques", "le 11 novembre", "la brume de novembre"),
    12: ("le sapin", "les cadeaux de dernière minute", "le réveillon", "les huîtres", "le marché de Noël"),
}  # fmt: skip
