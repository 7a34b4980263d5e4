# ruff: noqa: E501 - one phrase a line, however long
"""French: the evening of the red alert, a trawler that does not answer, and a promotion that goes out all the same."""

STORM: dict[str, tuple[str, ...]] = {
    # before: the press and the town
    "alert_title": (
        "Alerte rouge vents violents sur {town}",
        "Tempête : le port de {town} fermé à partir de {h_alert}",
    ),
    "alert_text": (
        "La préfecture place la côte en alerte rouge vents violents. Les ports ferment, les écoles aussi demain. Restez chez vous.",
        "Rafales attendues à 150 km/h. Les bateaux encore en mer sont priés de rentrer au plus près.",
    ),
    "missing_title": ("{town} : un chalutier ne répond plus", "Un ligneur de {town} injoignable depuis {h_missing}"),
    "missing_text": (
        "Parti du port {dawn} avec quatre hommes à bord, L'Hirondelle ne répond plus depuis {h_missing}. Le CROSS engage un hélicoptère.",
        "Les recherches ont commencé. Le canot de sauvetage est sorti malgré la mer. Les familles se retrouvent à la criée.",
    ),
    "worry": (
        "Quelqu'un a des nouvelles de L'Hirondelle ? {grief}",
        "Le vent tape déjà fort {spot}. Rentrez vos pots de fleurs.",
        "Pensées pour ceux qui sont en mer {tonight}. {grief}",
        "On entend l'hélicoptère depuis {h_missing}. {grief}",
        "Les volets claquent, le chien tremble. Alerte rouge, restez chez vous.",
        "{kin} a un cousin sur L'Hirondelle. On attend. {grief}",
        "Plus de courant dans le bas du port.",
        "Le phare, les vagues passent par-dessus. Jamais vu ça.",
        "École fermée demain, les enfants sont ravis, moi pas.",
        "Le canot est sorti. Courage à eux. {grief}",
    ),
    # what we published
    "promo": ("⚡ Blend Tempête : il va vous secouer ! −20 % {tonight} seulement. #BlendTempete",),
    # the outcry, wave after wave
    "shock": (
        "Euh, {us} ? Vous avez vu l'heure ? Un bateau ne répond plus. {grief}",
        "« Il va vous secouer » {tonight}, vraiment ? {us}, retirez ça.",
        "{at} supprimez ce message tout de suite. Il y a des hommes en mer.",
        "Je relis trois fois le message de {us} sur la tempête. Je n'y crois pas.",
        "{us}, votre promo « Tempête » tombe très, très mal {tonight}.",
        "Une pub avec un éclair pendant l'alerte rouge. Bravo {us} {anger}",
        "{at} c'est une blague ? Alerte rouge, un chalutier disparu, et vous vendez du « Tempête » ?",
        "Dites, {us}, il y a quelqu'un devant l'écran {tonight} ?",
    ),
    "outrage": (
        "Un bateau ne répond plus depuis {h_missing} et {us} vend du « Tempête » avec un éclair. Retirez ça {anger}",
        "La honte, {us}. Des familles attendent à la criée et vous faites −20 % sur une tempête.",
        "{us} qui fait du bénéfice sur un naufrage. Je vomis. {anger}",
        "{at} Toujours en ligne ? Ça fait {minutes} minutes.",
        "« −20 % {tonight} seulement ». Oui, {us}, {tonight} seulement. Vous vous rendez compte ? {anger}",
        "J'ai montré le message de {us} à {kin}, silence dans la cuisine.",
        "Quatre hommes à bord. Quatre. Et {us} fait de l'humour sur la tempête {anger}",
        "Que {us} retire sa pub « Blend Tempête » et s'excuse. C'est le minimum.",
        "{us} ne répond même pas. Personne à la barre un jour d'alerte rouge.",
        "La pub de {us} passe juste sous le message des sauveteurs dans mon fil. Insupportable.",
        "Signalé le message de {us}. Faites pareil. {anger}",
        "Blend Tempête, « il va vous secouer ». Dites-le aux familles de L'Hirondelle.",
        "Je marche sur le quai, tout le monde ne parle que de ça. Et de la tempête de {us}.",
        "#BlendTempete ou comment perdre un port entier en une heure {anger}",
        "{at} mes parents étaient clients depuis l'ouverture. Étaient. À cause d'une tempête à −20 %.",
        "Le pire, c'est l'éclair. Ils ont mis un éclair. {us}, un jour de tempête pareille.",
        "Mais qui valide ça chez {us} ? Alerte rouge, allô ? {anger}",
    ),
    "grieve": (
        "Mon frère est dehors {tonight}. Je n'achèterai plus rien chez {us}.",
        "Mon père est sur L'Hirondelle. J'ai vu votre tempête à −20 %, {us}. Je n'ai pas de mots. {grief}",
        "{kin} est de quart au canot de sauvetage. {us}, votre promo Tempête, on l'a reçue à la station. {grief}",
        "On est à la criée avec les familles. Quelqu'un a lu tout haut la tempête de {us}. {grief}",
    ),
    "boycott": (
        "Plus jamais {us}. Cette histoire de tempête, c'est trop. #BoycottTempete",
        "J'annule mon abonnement chez {us}, tempête ou pas. {anger}",
        "Boycott. {us} comprendra au tiroir-caisse ce que vaut une tempête. #BlendTempete",
        "Demain je rends mes paquets à {us}. Qui vient ? #BlendTempete",
        "Il y a d'autres torréfacteurs. Adieu {us}, gardez votre tempête.",
        "{rival} au moins se tait {tonight}. Pas comme {us} et sa tempête.",
    ),
    "mock": (
        "Bientôt chez {us} : le Blend Naufrage, un goût de sel {laugh}",
        "Le stagiaire de {us} {tonight} : 📈 tempête 📈",
        "Plan com de {us} : 1. attendre une tempête 2. vendre du café 3. ??? {laugh}",
        "{us}, la seule maison qui fait des promos tempête en plein avis de coup de vent.",
        "Blend Tempête : notes de sel, de regret et de communiqué d'excuses.",
    ),
    "rumour": (
        "On me dit que {us} a refusé de retirer la pub Tempête. Quelqu'un confirme ? {wonder}",
        "Il paraît que {us} l'a fait exprès, « pour le buzz ». Tempête = clics. {anger}",
        "Un employé de {us} aurait dit que la tempête, « ça fait vendre ». Source : {kin}.",
        "Selon {kin}, le patron de {us} a vu les messages et a laissé la promo Tempête. Vrai ou faux ?",
        "{us} supprime les commentaires sur la tempête, j'ai vu le mien disparaître. {anger}",
        "Vous saviez que {us} fait −20 % sur le Tempête à chaque avis de tempête ? Enfin, c'est ce qu'on m'a dit.",
        "Je répète ce qu'on raconte {spot} : chez {us}, la pub Tempête était prévue exprès pour {tonight}.",
    ),
    "defend": (
        "Je les connais, ils ne sont pas comme ça. C'est sûrement programmé d'avance. Mais {at}, cette tempête, il faut le dire vite.",
        "Arrêtez cinq minutes. {us} a livré du café chaud aux sauveteurs l'hiver dernier, en pleine tempête. C'est un message programmé.",
        "C'est une erreur, pas un crime. {us} va retirer son Blend Tempête, laissez-les respirer.",
        "Avant d'insulter {us} pour une tempête en promo : personne n'est devant l'écran à cette heure-ci.",
        "{us} a fait une faute de goût avec sa tempête. Ça n'en fait pas des monstres.",
        "Aucune preuve que {us} ait « fait exprès ». Les rumeurs sur la tempête, non merci.",
    ),
    "press_storm": (
        "{Us} fait la promotion d'un café « Tempête » en pleine alerte rouge. L'entreprise n'a pas répondu.",
        "Une publicité « Blend Tempête » diffusée pendant les recherches indigne {town}. Nous avons contacté {us}.",
        "{at} Bonjour, journaliste ici. Confirmez-vous que la promotion « Tempête » était programmée ? Nous publions à {h_press}.",
    ),
    "press_storm_title": (
        "{town} : une promotion « Tempête » en pleine alerte rouge fait scandale",
        "Alerte rouge : la Brûlerie du Port dans la tourmente à {town}",
    ),
    "press_storm_text": (
        "La Brûlerie du Port a publié à {h_promo} une promotion pour son « Blend Tempête », alors qu'un équipage de {town} est recherché. L'entreprise n'a pas encore répondu à nos questions.",
    ),
    # after
    "sorry": (
        "À {h_promo}, nous avons publié une promotion pour un café nommé « Tempête » alors qu'un équipage est recherché. Elle était programmée ; personne ici ne l'a relue {tonight}, et c'est notre faute. Nous l'avons retirée. Nos pensées vont aux familles et aux sauveteurs.",
    ),
    "found_title": ("{town} : l'équipage de L'Hirondelle retrouvé vivant",),
    "found_text": (
        "Les quatre marins ont été hélitreuillés à {h_found}. Le CROSS confirme : tous sont sains et saufs.",
    ),
    "relief": (
        "ILS SONT VIVANTS. Tous les quatre. {grief}",
        "L'Hirondelle retrouvée, l'équipage est sauf ! On pleure tous {spot}. {grief}",
        "Merci aux sauveteurs. Merci, merci, merci. {grief}",
        "Quatre hommes vivants {tonight}. Le reste attendra demain. {grief}",
    ),
    "forgive": (
        "Excuses lues, {us}. C'est bien écrit, c'est signé, ça me va. On se reparle après cette tempête.",
        "{us} a retiré sa tempête et s'est excusée sans chercher d'excuse. Respect pour ça.",
        "Trop tard pour moi, {us}. On n'oublie pas une tempête comme celle-là.",
        "Les excuses de {us} sont dignes. La pub Tempête ne l'était pas.",
        "{us} s'excuse pour sa tempête. Prochaine fois, relisez avant de programmer.",
        "Une maison qui dit « c'est notre faute », ça devient rare. {us}, à demain, tempête ou pas.",
    ),
}
