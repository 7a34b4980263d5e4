"""Words that hold French and English sentences together and say nothing of what a post is about; folded."""

_FRENCH = """
    a ai aie aient ait alors apres as assez au aucun aucune aupres auquel aura aurai auraient aurait auras aurez
    aurons auront aussi autant autre autres aux avaient avais avait avant avec avez aviez avions avoir avons ayant
    beaucoup bien c ca car ce ceci cela celle celles celui cependant certain certaine certaines certains ces cet
    cette ceux chacun chacune chaque chez ci comme comment contre d dans de dehors deja depuis des desormais dessous
    dessus devant doit donc dont du durant elle elles en encore enfin ensuite entre envers es est et etaient etais
    etait etant ete etes etre eu eux fait faire fois font furent fut guere hors ici il ils j jamais je jusqu jusque
    l la laquelle le lequel les lesquelles lesquels leur leurs lors lorsqu lorsque lui m ma mais malgre me meme
    memes mes mien mieux moi moins mon n ne ni non nos notre nous on ont or ou outre par parce parfois parmi pas
    pendant personne peu peut peuvent peux plus plusieurs plutot pour pourquoi pourtant presque pu puis puisqu
    puisque qu quand quant que quel quelle quelles quelqu quelque quelques quels qui quoi rien s sa sans sauf se
    selon sera serai seraient serait seras serez serons seront ses si sien sinon soi soient sois soit sommes son
    sont souvent sous suis sur surtout t ta tandis tant tard te tel telle telles tels tes toi ton tot toujours tous
    tout toute toutes tres trop tu un une va vais vers voici voila vont vos votre vous vraiment vu y
"""
_ENGLISH = """
    a about above across after again against all almost along already also although always am among an and another
    any anyone anything are aren around as at away back be because been before being below between both but by can
    cannot could couldn d did didn do does doesn doing don done down during each either else enough ever every
    everyone everything few for from get gets getting go goes going gonna got had hadn has hasn have haven having he
    her here hers herself him himself his how however i if in instead into is isn it its itself just ll m many may
    maybe me might mine more most much must my myself neither never no nobody none nor not nothing now of off often
    on once one only or other others our ours out over own per perhaps quite rather re really s same shall she
    should shouldn since so some somebody someone something still such t than that the their theirs them themselves
    then there these they this those though through thus to together too toward towards under unless until up upon
    us ve very was wasn we were weren what whatever when where whether which while who whom whose why will with
    within without won would wouldn yes yet you your yours yourself
"""
_LEFT_BY_MACHINES = "amp com fr gt http https lt net nbsp org rt via www"

FUNCTION_WORDS = frozenset(f"{_FRENCH} {_ENGLISH} {_LEFT_BY_MACHINES}".split())
"""Nobody sharpens a query with one of them."""
