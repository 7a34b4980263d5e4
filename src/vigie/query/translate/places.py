"""Countries and continents as the four products write them, to the two letters of ISO 3166 that a post carries."""

_THREE_LETTERS = """
abw=aw afg=af ago=ao aia=ai alb=al and=ad are=ae arg=ar arm=am asm=as atg=ag aus=au aut=at aze=az bdi=bi bel=be
ben=bj bes=bq bfa=bf bgd=bd bgr=bg bhr=bh bhs=bs bih=ba blm=bl blr=by blz=bz bmu=bm bol=bo bra=br brb=bb brn=bn
btn=bt bwa=bw caf=cf can=ca che=ch chl=cl chn=cn civ=ci cmr=cm cod=cd cog=cg cok=ck col=co com=km cpv=cv cri=cr
cub=cu cuw=cw cym=ky cyp=cy cze=cz deu=de dji=dj dma=dm dnk=dk dom=do dza=dz ecu=ec egy=eg eri=er esh=eh esp=es
est=ee eth=et fin=fi fji=fj flk=fk fra=fr fro=fo fsm=fm gab=ga gbr=gb geo=ge ggy=gg gha=gh gib=gi gin=gn glp=gp
gmb=gm gnb=gw gnq=gq grc=gr grd=gd grl=gl gtm=gt guf=gf gum=gu guy=gy hkg=hk hnd=hn hrv=hr hti=ht hun=hu idn=id
imn=im ind=in irl=ie irn=ir irq=iq isl=is isr=il ita=it jam=jm jey=je jor=jo jpn=jp kaz=kz ken=ke kgz=kg khm=kh
kir=ki kna=kn kor=kr kwt=kw lao=la lbn=lb lbr=lr lby=ly lca=lc lie=li lka=lk lso=ls ltu=lt lux=lu lva=lv mac=mo
maf=mf mar=ma mco=mc mda=md mdg=mg mdv=mv mex=mx mhl=mh mkd=mk mli=ml mlt=mt mmr=mm mne=me mng=mn mnp=mp moz=mz
mrt=mr msr=ms mtq=mq mus=mu mwi=mw mys=my myt=yt nam=na ncl=nc ner=ne nga=ng nic=ni niu=nu nld=nl nor=no npl=np
nru=nr nzl=nz omn=om pak=pk pan=pa pcn=pn per=pe phl=ph plw=pw png=pg pol=pl pri=pr prk=kp prt=pt pry=py pse=ps
pyf=pf qat=qa reu=re rou=ro rus=ru rwa=rw sau=sa sdn=sd sen=sn sgp=sg slb=sb sle=sl slv=sv smr=sm som=so spm=pm
srb=rs ssd=ss stp=st sur=sr svk=sk svn=si swe=se swz=sz sxm=sx syc=sc syr=sy tca=tc tcd=td tgo=tg tha=th tjk=tj
tkl=tk tkm=tm tls=tl ton=to tto=tt tun=tn tur=tr tuv=tv twn=tw tza=tz uga=ug ukr=ua ury=uy usa=us uzb=uz vat=va
vct=vc ven=ve vgb=vg vir=vi vnm=vn vut=vu wlf=wf wsm=ws xkk=xk yem=ye zaf=za zmb=zm zwe=zw
"""
_BY_THREE = dict(pair.split("=") for pair in _THREE_LETTERS.split())
_COUNTRIES = frozenset(_BY_THREE.values()) | {"xk"}
_OTHER_NAMES = {
    "uk": "gb",
    "england": "gb",
    "france": "fr",
    "germany": "de",
    "spain": "es",
    "italy": "it",
    "canada": "ca",
}

_CONTINENTS = {
    "africa": """
        dz ao bj bw bf bi cv cm cf td km cg cd ci dj eg gq er sz et ga gm gh gn gw ke ls lr ly mg mw ml mr
        mu yt ma mz na ne ng re rw st sn sc sl so za ss sd tz tg tn ug eh zm zw
    """,
    "asia": """
        af am az bh bd bt bn kh cn cy ge hk in id ir iq il jp jo kz kw kg la lb mo my mv mn mm np kp om pk
        ps ph qa sa sg kr lk sy tw tj th tl tr tm ae uz vn ye
    """,
    "europe": """
        al ad at by be ba bg hr cz dk ee fo fi fr de gi gr gg hu is ie im it je xk lv li lt lu mt md mc me
        nl mk no pl pt ro ru sm rs sk si es se ch ua gb va
    """,
    "north america": """
        ag ai aw bs bb bz bm bq ca cr cu cw dm do gd gl gp gt hn ht jm kn ky lc mf mq ms mx ni pa bl pm pr
        sv sx tc tt us vc vg vi
    """,
    "oceania": """
        as au ck fj pf gu ki mh fm nr nc nz nu mp pw pg pn ws sb tk to tv vu wf
    """,
    "south america": """
        ar bo br cl co ec fk gf gy py pe sr uy ve
    """,
}
_CONTINENT_NAMES = {
    "n-america": "north america",
    "s-america": "south america",
    "n-a": "north america",
    "s-a": "south america",
}
_CONTINENT_NAMES |= {"na": "north america", "sa": "south america", "eu": "europe", "australia": "oceania"}


def country(value: str) -> str:
    """The two letters of a country, from two, three or a usual name; empty when it is not known.

    >>> country("GBR"), country("fr"), country("Atlantis")
    ('gb', 'fr', '')
    """
    lower = value.strip().lower()
    lower = _OTHER_NAMES.get(lower, _BY_THREE.get(lower, lower))
    return lower if lower in _COUNTRIES else ""


def continent(value: str) -> tuple[str, ...]:
    """The countries of a continent, as two letters; empty when it is not one.

    >>> "fr" in continent("Europe")
    True
    """
    lower = value.strip().lower().replace("_", " ")
    return tuple(_CONTINENTS.get(_CONTINENT_NAMES.get(lower, lower), "").split())
