"""English: the evening of the red alert, a trawler that does not answer, and a promotion that goes out all the same."""

STORM: dict[str, tuple[str, ...]] = {
    "worry": (
        "Any news of L'Hirondelle? {grief}",
        "The wind is already hammering {spot}. Bring your plants in.",
        "Thinking of everyone at sea {tonight}. {grief}",
        "Helicopter overhead since {h_missing}. {grief}",
        "Waves over the lighthouse. Never seen that.",
        "Lifeboat is out. Be safe. {grief}",
    ),
    "shock": (
        "Um, {us}? A boat is missing in that storm. {grief}",
        '"It will shake you up", {tonight}, {us}? In a storm? Take it down.',
        "{at} delete that storm thing now. There are men out there.",
        "A lightning bolt in a red alert. Well done {us} {anger}",
        "{us}, your storm offer could not be timed worse.",
    ),
    "outrage": (
        'A boat silent since {h_missing} and {us} sells a "storm" blend with a lightning bolt. Take it down {anger}',
        "Shame on you, {us}. Families are waiting and you give 20% off a storm.",
        "{at} Still up? It's been {minutes} minutes. A storm, a trawler, and you.",
        "Four men aboard. Four. And {us} jokes about the storm {anger}",
        "{us} should pull the storm ad and say sorry. Bare minimum.",
        "The {us} storm ad sits right under the lifeboat appeal in my feed. Unbearable.",
        "Reported the {us} storm post. Do the same. {anger}",
        "Who signs this off at {us}? Red alert, hello? {anger}",
        "How to lose a whole harbour in one hour, by {us}. #BlendTempete",
    ),
    "grieve": (
        "My cousin is out in that storm. Never again, {us}. {grief}",
        "We are at the harbour with the families. Someone read the {us} storm offer aloud. {grief}",
    ),
    "boycott": (
        "Never again, {us}. That storm ad is too much. #BoycottTempete",
        "Cancelling my subscription with {us}, storm or no storm. {anger}",
        "There are other roasters. Goodbye {us}, keep your storm.",
    ),
    "mock": (
        "Coming soon from {us}: Shipwreck Blend, now with salt {laugh}",
        "The intern at {us} {tonight}: 📈 storm 📈",
        "{us}, the only shop with storm deals in an actual storm.",
    ),
    "rumour": (
        "I'm told {us} refused to pull the storm ad. Can anyone confirm? {wonder}",
        'Apparently {us} did the storm ad on purpose, "for the buzz". {anger}',
        "{us} is deleting comments about the storm, mine just vanished. {anger}",
        "According to {kin}, the owner of {us} saw it all and left the storm ad up. True?",
    ),
    "defend": (
        "I know them, they're not like that. Must have been scheduled. But say so quickly, {at}, storm or not.",
        "Give it five minutes. {us} brought hot coffee to the lifeboat crew in last winter's storm.",
        "A mistake, not a crime. {us} will pull the storm ad, let them breathe.",
        "No proof at all that {us} planned this storm ad. Enough with rumours.",
    ),
    "relief": (
        "THEY ARE ALIVE. All four. {grief}",
        "L'Hirondelle found, crew safe! Everyone's crying {spot}. {grief}",
        "Thank you to the rescuers. Thank you. {grief}",
    ),
    "forgive": (
        "Read the apology, {us}. Signed and plain. Fine by me, after that storm.",
        "{us} pulled the storm ad and apologised without excuses. Respect.",
        "Too late for me, {us}. Won't forget that storm.",
        'A shop that says "our fault" is rare. See you tomorrow {us}, storm or not.',
    ),
}
