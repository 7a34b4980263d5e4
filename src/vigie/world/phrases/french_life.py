"""French: everything else that people talk about, and that does not concern the house."""

LIFE: dict[str, tuple[str, ...]] = {
    "noise": (
        "{n_core}", "{n_core} {bye}", "{well} {n_core}", "{n_core} {life_tag}", "{n_core} {wonder}", "{n_core} {n_more}", "{well} {n_core} {n_more}",
        "{n_core} {n_more} {life_tag}", "{hey} ! {n_core}", "{n_core} {laugh}", "{n_core} {n_more} {bye}",
    ),
    "n_core": (
        "{n_weather}", "{n_weather}", "{n_work}", "{n_work}", "{n_home}", "{n_home}", "{n_food}", "{n_food}", "{n_screen}", "{n_move}", "{n_move}", "{n_beast}",
        "{n_coffee}", "{n_sea}", "{n_sea}", "{n_mood}", "{n_mood}", "{n_season}", "{n_tech}", "{n_local}", "{n_sport}", "{n_read}",
    ),
    "n_more": (
        "{kin} n'en revient pas.", "Et c'est seulement {weekday}.", "Comme {when}.", "On fera mieux {weekday}.", "Pour la {nth} fois cette semaine.", "Je garde ça pour {season}.",
        "Même {kin} a ri.", "Depuis {hour}.", "Vivement {season}.", "Qui dit mieux ?", "C'est la vie.", "À raconter à {kin}.", "Ça m'apprendra.", "Photo à venir.", "Et vous ?",
        "Le tout avant {hour}.", "Je n'ai plus l'âge.", "Il fallait que je le dise.", "{amount} témoins peuvent confirmer.",
    ),
    "nth": ("deuxième", "troisième", "quatrième", "dixième", "énième"),
    "sky": ("gris", "bleu", "blanc", "d'un noir inquiétant", "rose", "couvert", "lavé", "tout neuf", "de plomb", "immense"),
    "n_weather": (
        "Ciel {sky} {place} {when}.", "Il pleut {place} {since}, j'ai cessé de compter.", "Quatre saisons en une journée {place}.", "{amount} parapluies retournés {spot} {when}.",
        "Le vent s'est levé vers {hour}, {kin} aussi.", "Grand soleil {place}, personne n'y croit.", "Brouillard à couper au couteau {spot} {when}.", "Il a grêlé {when}, dix minutes, puis {sky}.",
        "J'ai sorti le linge à {hour}, il a plu à {hour}.", "Lumière magnifique {spot} {when}, ciel {sky}.", "Petite tempête dans un verre d'eau au bureau {when}.", "Arc-en-ciel double {place} {when} !",
    ),
    "task": (
        "ce dossier", "la compta", "le planning", "ma présentation", "les factures", "ce tableau de {amount} onglets", "le compte rendu", "le devis de {kin}", "la réunion de {hour}",
        "le rapport", "ma candidature", "l'inventaire", "le ménage du serveur",
    ),
    "n_work": (
        "J'ai passé {when} sur {task}, pour rien.", "Réunion à {hour} {weekday}, qui fait ça ?", "{kin} m'a refilé {task} {when}.", "Fini {task} ! Je ne touche plus à rien.",
        "Télétravail {place} : le wifi rame, moi aussi.", "Premier jour dans la nouvelle boîte, j'ai déjà perdu mon badge.", "{amount} mails non lus {when}. Je referme.", "On a fêté un départ en retraite {when}, l'émotion.",
        "Mon chef a découvert les émojis {when}.", "Encore {task}. {weekday}, je démissionne.", "Pause de {hour} sacrée, ne pas déranger.", "Entretien passé {when}, je croise les doigts.",
    ),
    "thing": (
        "la machine à laver", "le robinet", "la chaudière", "le grille-pain", "une étagère", "mon vélo", "la porte du garage", "le store", "l'aspirateur", "une chaise", "la boîte aux lettres",
        "le volet", "la prise du salon",
    ),
    "n_home": (
        "{kin} a réparé {thing} avec du scotch.", "J'ai voulu réparer {thing} {when}. Erreur.", "{thing} fait un bruit de {beast} depuis {weekday}.", "Déménagement {place} {weekday}, il me manque {amount} cartons.",
        "Les enfants ont repeint {thing} {when}.", "Repas de famille {when} : {kin} contre {kin}, match nul.", "Insomnie jusqu'à {hour}, merci {thing}.", "J'ai rangé le grenier et retrouvé {thing} de {kin}.",
        "Mes voisins fêtent {season} depuis {hour}.", "{kin} a appris à marcher {when} !", "Adopté un ficus. Il s'appelle {weekday}.", "Qui me prête une perceuse {weekday} {place} ?",
    ),
    "dish": (
        "des crêpes", "une soupe de poireaux", "un kouign-amann", "un far aux pruneaux", "des moules", "une tarte aux pommes", "un gratin", "des lentilles", "un poulet rôti", "une crème brûlée",
        "un cake au citron", "une ratatouille", "du pain maison", "des galettes", "un couscous", "une blanquette",
    ),
    "n_food": (
        "J'ai fait {dish} {when}, tout est parti.", "{kin} a raté {dish} et c'était bon quand même.", "Ce soir c'est {dish}, ne me parlez pas de régime.", "Qui a une recette pour {dish} sans œufs ?",
        "{dish} à {hour}, aucun regret.", "Au marché {place} : {amount} kilos de tomates, et maintenant ?", "On mange {dish} pour {season}, c'est la loi.", "{dish} + {dish}, le menu de {kin}.",
        "Tabler sur {dish} {weekday}, qui vient ?", "Le boulanger {place} m'appelle par mon prénom, je mange trop de brioche.", "J'ai oublié {dish} au four {when}. Le détecteur marche.", "La cantine a servi {dish} {when}, émeute.",
    ),
    "show": (
        "cette série", "le dernier épisode", "le film d'hier", "le documentaire sur les phares", "l'émission de cuisine", "ce polar", "la saison trois", "le dessin animé des enfants", "le concert", "la pièce",
    ),
    "n_screen": (
        "Fini {show} {when}, je suis vide.", "{kin} m'a raconté la fin de {show}. Rayé du testament.", "{show} : {amount} minutes de trop.", "Quelqu'un regarde encore {show} ?", "J'ai pleuré devant {show} {when}.",
        "{show}, c'est non. Éteint à {hour}.", "On a vu {show} {place} {when}, salle vide, bonheur.", "Conseil pour {season} : {show}, sous un plaid.",
    ),
    "ride": ("le train", "le bus", "le car", "le ferry", "mon vélo", "le tram", "la navette", "la rocade", "le covoiturage"),
    "n_move": (
        "Bloqué {place} {when}, {ride} est en rade.", "{amount} minutes de retard pour {ride}, record battu.", "J'ai raté {ride} de {hour} d'une seconde.", "Fait le tour {place} à pied {when}, jambes en coton.",
        "{ride} {when} : un monsieur jouait de l'accordéon. Merci à lui.", "Travaux {place} jusqu'à {season}, courage.", "Perdu mon sac dans {ride} {when}, si quelqu'un…", "Parti {place} pour {season}, ne me cherchez pas.",
        "Crevaison {place} {when}. {kin} à la rescousse.", "Quelqu'un fait la route {place} {weekday} ?",
    ),
    "beast": ("chat", "chien", "goéland", "hérisson", "poney", "perroquet", "hamster", "merle", "crabe", "âne"),
    "n_beast": (
        "Le {beast} de {kin} a encore fugué.", "Un {beast} dort sur {thing} depuis {weekday}.", "Mon {beast} a mangé {dish}. Toute la part.", "Croisé un {beast} {place} {when}, il m'a jugé.",
        "Trouvé un {beast} {spot} {when}, très gentil, collier rouge.", "Mon {beast} a peur de {season}.", "Le {beast} a gagné, je dors sur le canapé.",
    ),
    "n_coffee": (
        "J'ai renversé mon café sur {task}.", "Troisième café, il est {hour}.", "Le café du bureau devrait être interdit.", "Arrêter le café {weekday}, on y croit.", "Café froid, clavier chaud : bilan de {when}.",
        "{kin} met du sel dans son café. Je divorce.", "Le café de la gare {place} à {price}, pincez-moi.", "Qui boit encore du café après {hour} ?", "Pas de café, pas de {task}.", "Un café en terrasse {place} {when}, le luxe.",
    ),
    "n_sea": (
        "Marée basse à {hour}, {amount} pêcheurs à pied {spot}.", "La mer était d'huile {place} {when}.", "Baignade {place} {when}, {amount} degrés dans l'eau, vivifiant.", "Coefficient monstrueux {weekday}, on a marché jusqu'aux rochers.",
        "Les bateaux rentrent tard {when}.", "Ramassé {amount} kilos de déchets sur la plage {place} {when}.", "Un phoque {spot} {when} !", "Le phare s'est rallumé à {hour}, j'adore ça.", "Régate {place} {weekday}, ça manque de vent.",
        "Le port de plaisance {place} est plein pour {season}.",
    ),
    "n_mood": (
        "Je suis content d'être {weekday}.", "Rien n'avance aujourd'hui, même pas moi.", "Petite joie de {when} : {n_joy}.", "Besoin de vacances {place}.", "J'ai dit non {when}, ça fait du bien.", "Quelqu'un a une bonne nouvelle ? N'importe laquelle.",
        "Journée pleine de {n_joy}.", "Je crois que je vieillis : {season} me rend sentimental.", "Ras le bol de {task}, vive {n_joy}.", "Si vous lisez ça, buvez de l'eau.",
    ),
    "n_joy": (
        "un coucher de soleil {place}", "une carte postale de {kin}", "un fou rire avec {kin}", "une grasse matinée", "un carnet neuf", "la place côté fenêtre", "le silence", "un message de {kin}", "une chanson oubliée",
    ),
    "n_season": (
        "Ça sent {season}.", "{season}, déjà ?", "Je ne suis pas prêt pour {season}.", "{kin} adore {season}, moi {wonder}", "Plus que {amount} jours avant {season}.", "Cette année, {season}, ce sera {place}.", "Qui organise {season} ?", "Photos de {season} {place} : ciel {sky}.",
    ),
    "gadget": ("mon téléphone", "l'imprimante", "la box", "l'appli de la banque", "mon ordi", "le GPS", "la montre de {kin}", "ce port USB", "le site des impôts", "ma tablette"),
    "n_tech": (
        "{gadget} a fait une mise à jour {when}. Adieu {gadget}.", "Mot de passe oublié, {amount} essais, compte bloqué.", "{gadget} m'écoute, j'en suis sûr.", "Quelqu'un sait réparer {gadget} {place} ?", "{kin} a encore cliqué sur le lien.",
        "J'ai éteint {gadget} {weekday} entier : {n_joy}.", "{gadget} a choisi {when} pour mourir.", "Captcha : cliquez sur les {beast}s. J'ai échoué.",
    ),
    "n_local": (
        "Vide-grenier {place} {weekday}, à partir de {hour}.", "La médiathèque {place} ferme à {hour}, injuste.", "Concert gratuit {spot} {weekday} pour {season}.", "Perdu doudou {beast} {place} {when}, forte récompense en gâteaux.",
        "Le nouveau rond-point {place}, on en parle ?", "Réunion de quartier {weekday} à {hour}, au sujet de {thing}. Oui.", "Merci au monsieur qui a ramené mon portefeuille {place} {when}.", "Don du sang {place} {weekday}, venez.",
    ),
    "n_sport": (
        "Couru {amount} kilomètres {place} {when}, je meurs.", "Le match {when} : on en parle pas.", "{kin} s'est mis au trail. On ne le voit plus.", "Repris la piscine {when}, {amount} longueurs, dignité perdue.", "Yoga {weekday} à {hour}, je suis une planche.",
        "On a perdu {amount} à zéro, mais quelle ambiance {place}.", "Vélo {place} contre le vent : {n_joy}, paraît-il.",
    ),
    "n_read": (
        "Lu {amount} pages {when}, je ralentis pour ne pas finir.", "Un livre à conseiller pour {season} ?", "{kin} m'a offert un roman sur {season}.", "La librairie {place} a un chat. J'y retourne {weekday}.", "Ce poème {when}, {n_joy}.", "Club de lecture {weekday} : personne n'a lu le livre.",
    ),
    # words that look like ours and are not: they belong to the truth that a query alone cannot tell
    "false_friend": (
        "La brûlerie du coin, {place}, a fermé {when}.", "Rôti du dimanche : une belle torréfaction, dirait {kin}, c'est-à-dire brûlé.", "Fais-moi rire : une « torréfaction » de cacahuètes dans {gadget} {when}.",
        "Crème brûlée du port, {dish}, et au lit.", "Une tempête de rires {when} avec {kin}.", "Le mot du jour en dictée : torréfier. {kin} a mis un seul r.",
    ),
}  # fmt: skip
