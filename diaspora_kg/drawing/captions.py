"""The words that stand around a picture, in each language that pictures speak."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Captions:
    """Legend and tooltips in one language; ``{…}`` is filled in."""

    computed_one: str
    computed: str
    one_source: str
    sources: str
    reading: str
    restatements: str
    more: str
    pair: str
    width: str
    origin: str
    all_one_origin: str
    one_origin: str
    origins: str
    disputed: str
    negation: str
    negated: str
    other_language: str
    no_facts: str
    tip_origins: str
    tip_pair: str
    tip_main: str
    tip_restatements: str
    tip_elsewhere: str
    tip_reasons: str
    tip_cites: str
    tip_condition: str
    tip_conflict: str


_ENGLISH = Captions(
    computed_one="Computed from 1 proposition. {source}",
    computed="Computed from {propositions} propositions. {source}",
    one_source="Source: {cited}, “{title}”.",
    sources="Sources: {cited}.",
    reading="Read along the arrow: concept, linking phrase, concept.",
    restatements="Smaller: other wordings of the same link.",
    more="and {count} more",
    pair="Same colour, band and number: two links that the source itself pairs.",
    width="Line width: number of independent origins of the link",
    origin=(
        "An origin says the link, restates it or gives a reason for it, and shares no author, "
        "publisher or work with another origin. What an article cites counts with the article."
    ),
    all_one_origin="In this map every link has one origin.",
    one_origin="1 origin",
    origins="{count} origins",
    disputed="† In conflict with another claim of the graph.",
    negation="not: ",
    negated="Dashed: the source denies the link.",
    other_language="({language}): the source has no wording in English.",
    no_facts="Links are what sources say; none of them is taken for a fact.",
    tip_origins="Independent origins: {count}",
    tip_pair="Pair {number}, with: {sentence}",
    tip_main="Proposition",
    tip_restatements="In other words",
    tip_elsewhere="The same, said elsewhere",
    tip_reasons="Reasons given",
    tip_cites="citing {works}",
    tip_condition="condition: {text}",
    tip_conflict="in conflict: {text}",
)

_TURKISH = Captions(
    computed_one="1 önermeden hesaplanmıştır. {source}",
    computed="{propositions} önermeden hesaplanmıştır. {source}",
    one_source="Kaynak: {cited}, “{title}”.",
    sources="Kaynaklar: {cited}.",
    reading="Ok yönünde okunur: kavram, bağlantı ifadesi, kavram.",
    restatements="Küçük yazı: aynı bağlantının başka ifadeleri.",
    more="ve {count} ifade daha",
    pair="Aynı renk, bant ve numara: kaynağın kendisinin eşlediği iki bağlantı.",
    width="Çizgi kalınlığı: bağlantının bağımsız dayanaklarının sayısı",
    origin=(
        "Bir dayanak bağlantıyı dile getirir, başka sözcüklerle yineler ya da gerekçelendirir; "
        "yazarı, yayıncısı ve eseri öteki dayanaklarınkinden ayrıdır. Bir makalenin atıf "
        "yaptıkları makaleyle birlikte sayılır."
    ),
    all_one_origin="Bu haritada her bağlantının tek bir dayanağı vardır.",
    one_origin="1 dayanak",
    origins="{count} dayanak",
    disputed="† Grafikteki başka bir iddiayla çelişmektedir.",
    negation="değil: ",
    negated="Kesikli çizgi: kaynak bağlantıyı yadsımaktadır.",
    other_language="({language}): kaynakta Türkçe ifadesi yoktur.",
    no_facts="Bağlantılar kaynakların söyledikleridir; hiçbiri olgu olarak kabul edilmemiştir.",
    tip_origins="Bağımsız dayanak sayısı: {count}",
    tip_pair="{number}. çift, eşi: {sentence}",
    tip_main="Önerme",
    tip_restatements="Başka ifadeleri",
    tip_elsewhere="Başka yerde aynı içerik",
    tip_reasons="Verilen gerekçeler",
    tip_cites="atıf: {works}",
    tip_condition="koşul: {text}",
    tip_conflict="çelişki: {text}",
)

LANGUAGES = {"en": _ENGLISH, "tr": _TURKISH}
