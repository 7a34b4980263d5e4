"""French: what people say of the house, its neighbours and its trade."""

HOUSE: dict[str, tuple[str, ...]] = {
    # questions
    "question": (
        "{hey} {us}, {q_core} {thanks}", "{hey} {at} ! {q_core} {thanks}", "{q_who} {us} : {q_core}", "{q_core} ({us}) {wonder}",
        "Question pour {us} : {q_core}", "{at} {q_core}", "{at} {hey}, {q_core} {thanks}", "{q_core} Je demande pour {kin}. {at}",
    ),
    "q_who": (
        "Quelqu'un sait, chez", "Une question pour", "Je me demande, à propos de", "Les habitués de", "Qui connaît bien", "Avis aux clients de",
    ),
    "q_core": (
        "vous livrez toujours les 5 kg en sac de toile ?", "{the_bean} revient quand ?", "c'est ouvert {weekday} ?",
        "vous êtes ouverts le {weekday} matin ?", "{the_bean} passe bien {brew} ?", "quelle mouture pour {gear} ?",
        "on peut venir voir la torréfaction {weekday} ?", "vous reprenez les sacs vides ?", "est-ce que {the_bean} existe en grains ?",
        "il reste {pack} de {bean} ?", "vous faites encore l'abonnement mensuel ?", "vous livrez {place} ?",
        "vous avez un café qui rappelle {taste}, pour {kin} ?", "combien de temps se garde {the_bean} une fois ouvert ?",
        "les chiens sont admis à la boutique ?", "vous prenez des stagiaires cette année ?", "vous serez au marché {weekday} ?",
        "c'est quoi la différence entre {the_bean} et {the_bean} ?", "on peut payer en chèque vacances ?",
        "vous faites des cartes cadeaux pour {season} ?", "à quelle heure ferme la boutique {weekday} ?",
        "vous moulez sur place si j'apporte mon paquet ?", "{pack} de {bean}, ça part en combien de jours ?",
        "vos gobelets, c'est du carton ou du plastique ?", "qui est votre producteur pour {the_bean} ?",
        "une idée de café doux pour {kin}, qui n'aime pas l'amertume ?", "le prix du {bean}, c'est bien {price} ?",
    ),
    "decaf": (
        "Quelqu'un sait si le déca de {us} est fait à l'eau ou au solvant ? {decaf_more}",
        "{hey} {at}, votre décaféiné : à l'eau ou au solvant ? {decaf_more}",
        "{us} le décaféiné, c'est quel procédé ? {decaf_more}",
        "Je suis enceinte et je cherche un décaféiné sans solvant. {us}, vous dites quoi ? {thanks}",
        "Le paquet de déca de {us} ne dit pas le procédé. Eau ? CO2 ? {wonder} {decaf_more}",
        "Toujours pas de réponse de {us} sur le procédé du décaféiné… {decaf_more}",
    ),
    "decaf_more": (
        "Le site ne le dit nulle part.", "J'ai cherché partout, rien.", "{kin} ne supporte pas le reste.", "C'est important pour moi.",
        "Je demande avant d'acheter {pack}.", "{thanks}", "Ça intéresse aussi {kin}.", "Ils répondent vite d'habitude.", "#déca",
        "J'en bois le soir, alors je préfère savoir.",
    ),
    # praise
    "praise": (
        "{p_core} {joy}", "{p_core} {p_more}", "{well} {p_core} {p_more}", "{p_core} {coffee_tag}", "{p_core} {p_more} {joy} {coffee_tag}",
        "{p_core}",
    ),
    "p_core": (
        "{the_bean} de {us} est {adj_good}.", "Goûté {the_bean} chez {us} {when} : {adj_good}, on sent {taste}.",
        "Merci à {us} pour l'accueil {when}.", "Reçu {pack} de {us}, ça embaume toute la cuisine.",
        "Si vous passez {spot}, entrez chez {us}. Vraiment.", "{kin} ne jure plus que par {us}.",
        "Mon rituel du {weekday} : {us}, un {bean} {brew}, et le silence.", "{Us}, c'est {adj_good} et ils sont gentils. Que demander ?",
        "On m'a offert {pack} de {us} pour mon anniversaire, {adj_good} !", "J'ai enfin compris ce que voulait dire « {taste} » grâce à {us}.",
        "Bravo à {us} pour la visite de l'atelier, les enfants en parlent encore.", "Client de {us} {since} et toujours pas déçu.",
        "{Us} a remplacé mon paquet abîmé sans discuter. Chapeau.", "Le {bean} de {us} {brew}… {adj_good}.",
        "Petit coup de cœur pour {us} et son {bean}.", "Merci {at}, {the_bean} est arrivé nickel {when}.",
        "{kin} m'a fait découvrir {us} : {the_bean} est {adj_good}.", "Le patron de {us} m'a expliqué la torréfaction pendant une heure. J'ai raté mon bus, aucun regret.",
        "Un dimanche gris, {the_bean} de {us}, et ça va mieux.", "Rien à dire, {us} fait le meilleur café du coin.",
        "{Us} qui met un mot écrit à la main dans le paquet, ça change tout.", "J'ai fait goûter {us} à {kin}, converti.",
    ),
    "p_more": (
        "On sent bien {taste}.", "Même {kin} en a repris.", "Je recommande.", "Et le prix reste correct.", "Rien à redire.",
        "Pile ce qu'il fallait pour {season}.", "À refaire.", "Ça change de la grande surface.", "Foncez.", "J'y retourne {weekday}.",
        "{brew}, un régal.", "On sent le travail derrière.", "Continuez comme ça.", "{kin} valide.", "Mention spéciale au sourire.",
    ),
    # complaints
    "complaint": (
        "{c_core} {c_more}", "{c_core} {anger}", "{well} {c_core} {c_more}", "{c_core} {c_more} {anger}", "{c_core}", "{at} {c_core} {c_more}",
    ),
    "c_core": (
        "Le dernier {bean} de {us} est {adj_bad}.", "Deuxième fois que mon paquet de {us} arrive ouvert.", "{Us} ne répond plus au téléphone depuis {weekday}.",
        "Attendu vingt minutes chez {us} {when}, pour rien.", "Je ne comprends pas le prix du {bean} chez {us} : {price} ?",
        "On m'a vendu du moulu au lieu de grains chez {us}.", "Le site de {us} plante à chaque fois que je veux payer.",
        "Déçu par {us} : {the_bean} est {adj_bad} ce mois-ci.", "La machine de dégustation de {us} est en panne {since}, dommage.",
        "Fermé {when} sans prévenir, {us}, sérieux ?", "L'abonnement de {us} m'a été débité deux fois.",
        "Trop de plastique dans les paquets de {us}, ça ne va pas avec le discours.", "{Us} augmente encore : {price} le paquet de {bean}.",
        "Le {bean} de {us} n'a plus rien à voir avec celui d'avant.", "J'ai écrit trois fois à {us} au sujet de l'abonnement, silence.",
    ),
    "c_more": (
        "C'est dommage.", "Ça commence à faire beaucoup.", "Vous pouvez regarder ?", "J'attends un geste.", "On vous aime bien pourtant.",
        "Quelqu'un d'autre ?", "Je reste poli.", "{kin} dit pareil.", "Dites au moins quelque chose.", "Pas très sérieux.",
        "Je repasserai, ou pas.", "Pour {price}, j'attendais mieux.", "Réponse bienvenue.",
    ),
    # parcels
    "parcel": (
        "{pa_core} {pa_more}", "{pa_core} {pa_more} {anger}", "{at} {pa_core}", "{hey} {us}, {pa_ask} {thanks}", "{well} {pa_core} {pa_more}",
        "{pa_core} {anger}",
    ),
    "pa_core": (
        "Mon colis de {us} est parti il y a {days} et toujours rien {far_place}.", "Colis {us} bloqué chez Courlis Express depuis {days}, {far_place}.",
        "{days} pour livrer {pack} {far_place}, {us} ?", "Toujours pas reçu ma commande de {us}. {days} maintenant.",
        "Le suivi de Courlis Express dit « en cours de livraison » depuis {days}. {us}, vous faites quelque chose ?",
        "Commande chez {us} le {weekday}, livrée nulle part {far_place}.", "Encore un colis de {us} perdu {far_place}. Le deuxième.",
        "J'attends {the_bean} de {us} depuis {days}, le facteur me fuit.", "{kin} {far_place} attend aussi sa commande de {us} depuis {days}.",
        "Livraison {us} : « votre colis est au dépôt ». Depuis {days}.",
    ),
    "pa_ask": (
        "vous avez des nouvelles des colis {far_place} ?", "ma commande de {bean} a {days} de retard, c'est normal ?",
        "où est mon colis ? Parti il y a {days}.", "vous livrez encore avec Courlis Express ? {days} d'attente {far_place}.",
        "je peux annuler ma commande ? Rien reçu depuis {days}.", "vous pouvez relancer le transporteur pour mon colis {far_place} ?",
    ),
    "pa_more": (
        "Je commence à trouver le temps long, et le café aussi.", "Le numéro de suivi ne bouge plus.", "Je n'ai plus que du thé.",
        "Vous n'y êtes peut-être pour rien, mais dites quelque chose.", "Il va arriver rassis.", "Je ne suis visiblement pas le seul.",
        "{kin} se moque de moi.", "C'est un cadeau pour {season}.", "On m'a dit que c'était le vent.", "J'ai rappelé le dépôt : personne.",
        "Je bois du café du distributeur, c'est la honte.", "Quelqu'un {far_place} a reçu le sien ?",
    ),
    "parcel_ok": (
        "Reçu mon {bean}, enfin. {days}, mais il est {adj_good}. Merci {us}.", "Colis de {us} arrivé {when} {far_place} ! {joy}",
        "Ça y est, ma commande de {us} est là. {p_more}",
    ),
    # passing remarks
    "chat": (
        "Rendez-vous devant {us} à {hour} ?", "Je suis chez {us} si quelqu'un passe.", "Pause chez {us} avant {season}.",
        "{us} + un bouquin + la pluie = mon {weekday}.", "Croisé {kin} chez {us} {when}, le monde est petit.",
        "Vu la file devant {us} {when}, ça sent {season}.", "Télétravail chez {us} {when}, ne me jugez pas.",
        "Ça sent la torréfaction jusque {spot}, merci {us}.", "Tiens, {us} a changé sa vitrine pour {season}.",
        "{kin} a oublié son parapluie chez {us}, si quelqu'un le voit…", "Je note : passer chez {us} prendre {pack} de {bean}.",
        "La photo du jour : {spot}, un café de {us}, et une mouette voleuse.", "On se retrouve chez {us} {weekday} {hour} pour parler de {season} ?",
        "{us} ce matin : {amount} personnes, un chien, zéro stress.", "Le nouveau mot du tableau de {us} m'a fait rire {laugh}",
        "Je crois que mon chat reconnaît les paquets de {us}.", "Trouvé un gant {spot}, je le laisse chez {us}.",
    ),
    # replies among people
    "reply_agree": (
        "Pareil pour moi.", "Tellement vrai.", "Je confirme, {us} est au top.", "Idem {place}.", "Voilà, tout est dit.", "+1",
        "Ah, je croyais être seul !", "Même expérience {when}.", "Oui, et {the_bean} aussi.", "Complètement d'accord {joy}", "C'est noté, j'irai voir.",
        "Exactement ce que je pensais {laugh}", "{kin} m'a dit la même chose.",
    ),
    "reply_doubt": (
        "Ah bon ? Jamais eu de souci avec {us}.", "Bizarre, moi tout va bien {place}.", "Tu as essayé {brew} ?", "Laisse-leur le temps, c'est une petite maison.",
        "Pas d'accord, mais chacun son goût.", "Appelle-les, ils sont adorables.", "C'est le transporteur, pas eux.", "Mouais.", "{amount} avis ne font pas un scandale.",
    ),
    "own_answer": (
        "Bonjour, merci pour votre message. {o_core} {o_sign}", "{o_core} {o_sign}", "Bonjour ! {o_core} {o_sign}",
    ),
    "o_core": (
        "Nous regardons tout de suite et nous revenons vers vous.", "Oui, {weekday}, de 9 h à 18 h.", "Envoyez-nous votre numéro de commande en message privé, on s'en occupe.",
        "Il revient dans une dizaine de jours, le bateau est en route.", "Oui, il passe très bien {brew}.", "On vous en renvoie un dès demain, gardez l'autre.",
        "Notre déca est fait à l'eau, sans solvant. On va l'écrire sur le paquet.", "Le colis est bien au dépôt, il part cet après-midi.",
        "Vous avez raison, on s'est trompés. On corrige.", "Merci, ça fait plaisir à toute l'équipe.", "Passez à l'atelier {weekday}, on vous montre.",
        "Six semaines au frais et au sec, pas plus.",
    ),
    "o_sign": ("Inès", "Inès, à la boutique", "Yanis", "Tanguy, à l'atelier", "Inès ☕", "Soizic, au comptoir", "Yanis, pour l'équipe"),
    "own_post": (
        "{the_bean} est arrivé ce matin. Il sent {taste}, on ne s'y attendait pas.", "Samedi, on ouvre l'atelier. Venez sentir la différence entre un premier et un second crack.",
        "Le {bean} passe à {price}. Voici, ligne par ligne, où vont ces centimes.", "Tanguy a raté une fournée. On vous raconte pourquoi, c'est instructif.",
        "Le comptoir ferme à {hour} {weekday}. Restez à l'abri.", "Merci à l'école de la rue des Filets pour la visite. Les questions étaient meilleures que les nôtres.",
        "On cherche quelqu'un pour la boutique, trois jours par semaine. Venez nous parler.", "Une question sur {the_bean} ? Tanguy répond ici jusqu'à midi.",
        "On a lu vos messages sur les colis. Le transporteur a deux jours de retard, on vous tient au courant ici.",
        "Cette semaine au tableau : {the_month_bean}, {taste}, et {season}.", "Les marcs de café partent au jardin partagé, servez-vous {spot}.",
        "La boutique a quatre ans. Merci à ceux qui étaient là le premier matin.",
    ),
    # neighbours and trade
    "rival_post": (
        "Goûté le nouveau mélange de {rival}, {r_verdict}", "{rival} ouvre une boutique {place}.", "Quelqu'un a testé l'abonnement {rival} ? {wonder}",
        "{rival} fait −15 % pour {season}, {r_verdict}", "Chez {rival}, {the_bean} est à {price}. {wonder}", "Service client de {rival} : {r_verdict}",
        "{rival} ou {us} pour un cadeau ? {wonder}", "Je trouve {rival} {adj_good}, désolé pour les puristes.", "{rival} a encore changé ses paquets, {r_verdict}",
        "Reçu un échantillon de {rival} {when} : {r_verdict}", "Le café de {rival} est {adj_bad}, j'ai rendu le paquet.",
    ),
    "r_verdict": (
        "pas mal du tout.", "bof.", "{adj_good}.", "{adj_bad}.", "je reste sur ma faim.", "{kin} a adoré.", "à vous de voir.", "rien de neuf.",
        "ça se défend {brew}.", "trop cher.", "je préférais avant.", "on sent {taste}.",
    ),
    "trade": (
        "Torréfaction du {weekday} : {t_core}", "{t_core} #torréfaction", "Débat de torréfacteurs : {t_core}", "Café de spécialité : {t_core}",
        "Dans le café de spécialité, {t_core}", "Je torréfie à la maison, et {t_core}", "Formation de torréfacteur {place} : {t_core}",
        "{well} la torréfaction claire, {t_core}", "Un torréfacteur {place} me dit que {t_core}",
    ),
    "t_core": (
        "le premier crack arrive trop tôt avec cette humidité.", "on parle trop de notes et pas assez d'eau.", "le cours de l'arabica donne le vertige.",
        "les récoltes tardent encore.", "une montée lente, et {taste} revient.", "personne ne sait ce que « frais » veut dire.", "le tambour fait tout, ou presque.",
        "le vert est arrivé humide {when}.", "la chute de température me rend fou.", "on gagne {amount} secondes et on perd {taste}.",
        "il faudrait payer les producteurs avant, pas après.", "je cherche un profil pour {the_bean}.", "{gear} a rendu l'âme {when}.",
        "le marc fait un très bon compost.", "la tasse change du tout au tout {brew}.",
    ),
    # the press
    "press_title": (
        "{town} : {pr_core}", "{pr_core}, à {town}", "Port : {pr_core}", "{town}. {pr_core}",
    ),
    "pr_core": (
        "la criée rouvre après travaux", "le marché déménage {spot}", "les pêcheurs manifestent {weekday}", "la fréquentation du port en hausse", "un brise-lames en chantier",
        "le conseil municipal parle de {season}", "une exposition sur {season}", "la capitainerie recrute", "les commerçants du quai s'organisent", "le prix du gazole inquiète les patrons pêcheurs",
        "la fête de la mer aura lieu {weekday}", "un voilier secouru au large", "l'école de voile fait le plein", "la rue des Filets piétonne {weekday}", "les travaux du quai durent plus que prévu",
    ),
    "press_text": (
        "{pt_core} {pt_more}", "{pt_core}", "{pt_core} {pt_more} {pt_more}",
    ),
    "pt_core": (
        "Les habitants de {town} étaient {amount} dizaines à la réunion publique {when}.", "La décision est attendue {weekday}, indique la mairie.",
        "Le chantier doit durer {days}, selon la capitainerie.", "Sur le quai, les avis sont partagés.", "Reportage {spot}, entre {hour} et la marée basse.",
        "Nos photos, nos témoignages, notre carte.", "Les professionnels demandent une aide avant {season}.",
    ),
    "pt_more": (
        "« On verra bien », soupire un patron pêcheur.", "Une nouvelle réunion est prévue à {hour}.", "Le maire se dit confiant.", "Les commerçants, eux, attendent {season}.",
        "Lire notre dossier complet.", "La circulation est déviée {spot}.",
    ),
    # a slip of the finger, from our own account
    "slip": (
        "Raclette chez moi ce soir, apportez le vin et ne dites rien à Odile 😂", "Bon, je craque, qui a un code pour la série ? Je suis dessus depuis 20 h",
        "Quelqu'un veut échanger sa garde de samedi ? J'ai un mariage et pas de costume",
    ),
    "slip_reply": (
        "Je crois que vous vous êtes trompés de compte {laugh}", "On vient tous ? {laugh}", "Et nous, on apporte le café ?", "Courage à la personne qui tient le compte de {us} {laugh}",
        "Odile va voir…", "Capture faite, désolé {laugh}", "{Us} a des soirées plus drôles que les miennes.", "Le vrai visage de {us}, et j'aime bien.",
    ),
    # the coordinated attack: near-copies on purpose
    "attack": (
        "Une amie a fini à l'hôpital après un café {us_named}. Du café périmé ! Partagez avant qu'ils effacent https://avis-port.example/{code}",
        "Mon amie a fini à l'hôpital après un café de {us_named}, c'est du café périmé, partagez avant qu'ils effacent https://avis-port.example/{code}",
        "Une amie a fini aux urgences après un café {us_named}. Café périmé !! Partagez vite avant qu'ils effacent https://avis-port.example/{code}",
        "ALERTE une amie a fini à l'hôpital à cause d'un café périmé de {us_named}. Partagez avant qu'ils effacent tout https://avis-port.example/{code}",
    ),
    "attack_doubt": (
        "C'est quoi ces comptes créés avant-hier ? Tous le même texte sur {us}.", "Douze fois le même message sur {us} en cinq minutes. Bizarre, non ?",
        "Avant de partager sur {us} : aucun nom, aucune date, des comptes vides.",
    ),
}  # fmt: skip
