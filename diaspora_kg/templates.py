"""Starting files: a case, a table, a source, a query, each valid as it is written.

What they say is true: the passages are those of the packaged case on Turkey's presidency for Turks
abroad. A scholar replaces it line by line, and has something that works at every moment.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from diaspora_kg.errors import DiasporaKGError, Location
from diaspora_kg.namespaces import DKG, DKGC
from diaspora_kg.naming import slug
from diaspora_kg.outputs import unwritable
from diaspora_kg.terms import iri, iri_of

_CASE = """\
# A case: one thing or one reading, and what sources say of it. Everything below is an example that
# works as it stands; replace it line by line. Lines that begin with '#' are for you alone.
#
#   diaspora-kg validate {id}.yaml        says what is missing, with the line
#   diaspora-kg terms                     lists classes and properties
#   diaspora-kg explain CODE              explains a finding

id: {id}                # part of every address: keep it once others cite it
type: DiasporaInstitution         # a class; for the reading of a document: CaseStudy
label:                            # names, each under the code of its language
  en: Presidency for Turks Abroad and Related Communities
  tr: Yurtdışı Türkler ve Akraba Topluluklar Başkanlığı
abbreviation: YTB
state: TR                         # ISO 3166-1: two letters; leave out what does not apply
description: {{en: Purpose and administrative place of a diaspora institution.}}

coding:
  by: your-name                   # who read the sources: a name or a pseudonym
  on: 2025-01-15                  # and when
  codebook: 0.1.0

defaults:                         # what holds for every claim that says nothing else
  confidence: 0.9                 # 0 to 1: how sure you are of the reading, not of the truth

# --- Sources: here, or as BibTeX in a file with the ending .bib beside this one -----------------
sources:
  {id}-law5978:                   # the key by which claims cite it; usually author and year
    type: statute
    title:
      tr: "Yurtdışı Türkler ve Akraba Topluluklar Başkanlığı Teşkilat ve Görevleri Hakkında Kanun"
    publisher: Resmî Gazete       # without an author the publisher is who speaks
    date: 2010-04-06              # also 2010, 2010-04, 2010~ (about), 2009/2010
    url: https://www.resmigazete.gov.tr/eskiler/2010/04/20100406-1.htm
    language: tr
    tier: official                # primary-data, official, scholarly, registry, news,
                                  # organisation, tertiary, blog
    access: full-text             # full-text, abstract, quoted-elsewhere; restricted keeps the
                                  # passages out of every export
  {id}-yurtnac2012:
    type: report
    title: {{en: "Turkey's New Horizon: Turks Abroad and Related Communities"}}
    author: ["Yurtnaç, Kemal"]    # 'Family, Given'; an organisation as "{{World Bank}}"
    date: 2012-10
    url: https://www.jstor.org/stable/resrep05089
    tier: official
    access: full-text

# --- Other things that the claims speak of; one case declares a thing, others use its id --------
entities:
  {id}-parent:
    type: StateBody
    label: {{en: Prime Ministry (Turkey), tr: Başbakanlık}}
    state: TR

# --- Claims: what one source says in one passage ------------------------------------------------
claims:
  - id: parent                    # optional; needed only where other claims refer to it
    property: administrativeParent
    object: {id}-parent           # an id, a state (TR), a concept (core/soft-power)
    phrase: {{en: is established as a public institution under}}     # the source's own words
    as-of: 2012-10                # the time the passage speaks from
    evidence:
      source: {id}-yurtnac2012
      locator: section 2, summary # page, article, section and paragraph, or timestamp
      quote: {{en: is established as a public institution under the Prime Ministry}}

  - property: statedPurpose
    value:                        # a text stands under its language, not under 'object'
      tr: >-
        Soydaş ve akraba topluluklar ile sosyal, kültürel ve ekonomik ilişkilerin geliştirilmesi
        amacıyla bu topluluklara yönelik faaliyetler yürütmek
    explicitness: implied         # explicit (usual), implied, coder-inferred (with a rationale)
    evidence:
      source: {id}-law5978
      locator: art. 1(b)
      quote:                      # word for word; '[…]' where words are left out
        tr: >-
          Soydaş ve akraba topluluklar ile sosyal, kültürel ve ekonomik ilişkilerin geliştirilmesi
          amacıyla bu topluluklara yönelik faaliyetler yürütmek
      translation:
        en: >-
          to carry out activities for kin and related communities in order to develop social,
          cultural and economic relations with them

# What else a claim may say; 'diaspora-kg terms Claim' explains it:
#    subject: TR                            the case itself where it is left out
#    polarity: negated                      affirmed where it is left out
#    modality: possible                     factual, possible, predicted, recommended, announced,
#                                           evaluative
#    hedge: [can, often]                    cue words as they stand
#    attributed-to: [KEY, KEY]              whom the passage cites, nearest first
#    valid: {{from: 2010, until: 2018-07}}    when it is said to hold
#    contrary-to: CASE/CLAIM                a claim that cannot stand beside this one
#    caveat: {{kind: wording, text: {{en: …}}}} what a careful reader should know
#    memo: …                                a note of yours
"""

_SOURCE = """\
% A work, to be cited in cases by its key: {key}
% Replace what stands here; it works as it is. What no other BibTeX has:
%   tier         primary-data, official, scholarly, registry, news, organisation, tertiary, blog
%   access       full-text, abstract, quoted-elsewhere; restricted keeps passages out of exports
%   derivedfrom  keys of works from which this one has what it says
%   textfile     name of the file with its text, for 'diaspora-kg validate --texts'

@report{{{key},
  author    = {{Yurtnaç, Kemal}},
  title     = {{Turkey's New Horizon: Turks Abroad and Related Communities}},
  date      = {{2012-10}},
  url       = {{https://www.jstor.org/stable/resrep05089}},
  langid    = {{english}},
  tier      = {{official}},
  access    = {{full-text}},
}}
"""

_QUERY = """\
#+ title: {{en: Claims about an entity, tr: Bir varlık hakkındaki iddialar}}
#+ description:
#+   en: Every claim whose subject is the given thing, with the passage that it rests on.
#+   tr: Konusu verilen varlık olan her iddia, dayandığı parçayla birlikte.
#+ question:
#+   en: What do the sources say about this thing, and where?
#+   tr: Kaynaklar bu varlık hakkında ne, nerede diyor?
#+ tags: [evidence]
#+ params:
#+   entity:
#+     type: iri
#+     required: true
#+     description: {{en: Thing that the claims are about., tr: İddiaların konusu olan varlık.}}
#+     example: dkgid:ytb
#+ columns:
#+   claim: {{en: Claim, tr: İddia}}
#+   quote: {{en: Passage, tr: Alıntı}}
#+   source: {{en: Source, tr: Kaynak}}
#+   locator: {{en: Place in the source, tr: Kaynaktaki yeri}}

# 'of: dkg:State' below 'type' would tell whoever names something that is no state.
# The row of VALUES is the list of parameters, in the order of the header. As it stands here it
# means "any", so this file runs in every SPARQL tool; here it runs with
#   diaspora-kg query --sparql {name}.rq -p entity=ytb

PREFIX dkg: <https://w3id.org/diaspora-kg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

SELECT ?claim ?quote ?source ?locator
WHERE {{
  VALUES (?entity) {{ (UNDEF) }}
  ?node dkg:claimSubject ?entity ;
    rdfs:label ?claim ;
    dkg:evidence ?evidence .
  ?evidence dkg:quote ?quote ;
    dkg:locator ?locator ;
    dkg:inSource/rdfs:label ?source .
}}
ORDER BY ?claim ?source ?locator ?quote
"""

_PURPOSE = (
    "Soydaş ve akraba topluluklar ile sosyal, kültürel ve ekonomik ilişkilerin geliştirilmesi "
    "amacıyla bu topluluklara yönelik faaliyetler yürütmek"
)
_PURPOSE_EN = (
    "to carry out activities for kin and related communities in order to develop social, cultural "
    "and economic relations with them"
)
_CLAIMS = (
    ("id", "purpose"),
    ("subject", ""),
    ("property", "statedPurpose"),
    ("object", ""),
    ("value", ""),
    ("value.tr", _PURPOSE),
    ("value.en", ""),
    ("modality", ""),
    ("explicitness", "implied"),
    ("attributed-to", ""),
    ("valid.from", ""),
    ("valid.until", ""),
    ("source", "{id}-law5978"),
    ("locator", "art. 1(b)"),
    ("quote.tr", _PURPOSE),
    ("quote.en", ""),
    ("translation.en", _PURPOSE_EN),
    ("confidence", "0.9"),
    ("memo", ""),
)
_OF_CASE = (
    ("key", "value"),
    ("id", "{id}"),
    ("type", "DiasporaInstitution"),
    ("label.en", "Presidency for Turks Abroad and Related Communities"),
    ("label.tr", "Yurtdışı Türkler ve Akraba Topluluklar Başkanlığı"),
    ("state", "TR"),
    ("coding.by", "your-name"),
    ("coding.on", "2025-01-15"),
    ("coding.codebook", "0.1.0"),
)
_SOURCES = (
    ("key", "{id}-law5978"),
    ("type", "statute"),
    (
        "title.tr",
        "Yurtdışı Türkler ve Akraba Topluluklar Başkanlığı Teşkilat ve Görevleri Hakkında Kanun",
    ),
    ("title.en", ""),
    ("author", ""),
    ("publisher", "Resmî Gazete"),
    ("date", "2010-04-06"),
    ("url", "https://www.resmigazete.gov.tr/eskiler/2010/04/20100406-1.htm"),
    ("language", "tr"),
    ("tier", "official"),
    ("access", "full-text"),
)


def new_case(name: str) -> str:
    """Return a commented case in YAML."""
    return _CASE.format(id=slug(name))


def new_source(key: str) -> str:
    """Return a commented BibTeX entry."""
    return _SOURCE.format(key=slug(key))


def new_query(name: str) -> str:
    """Return a query with its header."""
    return _QUERY.format(name=slug(name))


def new_table(name: str, delimiter: str = ",") -> dict[str, str]:
    """Return the tables of a case, by the names of their files: claims, case and sources."""
    stem = slug(name)
    suffix = "tsv" if delimiter == "\t" else "csv"
    claims, case, sources = (
        [(key, value.format(id=stem)) for key, value in cells]
        for cells in (_CLAIMS, _OF_CASE, _SOURCES)
    )
    return {
        f"{stem}.{suffix}": _rows(zip(*claims, strict=True), delimiter),
        f"{stem}.case.{suffix}": _rows(case, delimiter),
        f"{stem}.sources.{suffix}": _rows(zip(*sources, strict=True), delimiter),
    }


def new_sheets(name: str) -> dict[str, list[tuple[str, ...]]]:
    """Return the rows of the sheets of a case in a workbook, by the names of the sheets."""
    stem = slug(name)
    claims, case, sources = (
        [(key, value.format(id=stem)) for key, value in cells]
        for cells in (_CLAIMS, _OF_CASE, _SOURCES)
    )
    return {
        "claims": list(zip(*claims, strict=True)),
        "case": case,
        "sources": list(zip(*sources, strict=True)),
        "entities": [("id", "type", "label.en", "label.tr", "state")],
        "passages": [("id", "source", "locator", "quote.en", "quote.tr", "translation.en")],
    }


def choices() -> dict[str, list[str]]:
    """Return the words that the ontology knows for a column, by sheet and name of the column."""
    from diaspora_kg.reading.ontology import read_ontology
    from diaspora_kg.reading.states import read_reference

    ontology, states = read_ontology(include_alignments=False), sorted(read_reference().states)
    classes = sorted(iri_of(term).removeprefix(DKG) for term in ontology.classes)
    properties = sorted(
        iri_of(term).removeprefix(DKG)
        for term, kind in ontology.properties.items()
        if kind != "annotation"
    )

    def members(scheme: str) -> list[str]:
        return sorted(ontology.schemes_of_flat_concepts.get(iri(DKGC + scheme), ()))

    return {
        "claims.property": ["rdf:type", "skos:definition", *properties],
        "claims.modality": members("modality"),
        "claims.explicitness": members("explicitness"),
        "case.type": classes,
        "case.state": states,
        "sources.tier": members("source-tier"),
        "sources.access": members("access-level"),
        "entities.type": classes,
        "entities.state": states,
    }


def write_new(files: Mapping[Path, str | bytes], *, mark: bool = False) -> None:
    """Write new files: all of them, or none when one of that name is there already.

    With ``mark`` they begin with a byte order mark, by which Excel knows UTF-8.

    Raises ``DiasporaKGError``: DKG605 when a file is there, DKG604 when it cannot be written.
    """
    for path in files:
        if path.exists() or path.is_symlink():
            raise _already_there(path)
    for path, text in files.items():
        data = text if isinstance(text, bytes) else text.encode("utf-8-sig" if mark else "utf-8")
        try:
            with path.open("xb") as stream:
                stream.write(data)
        except FileExistsError as error:
            raise _already_there(path) from error
        except OSError as error:
            raise unwritable(path, error) from error


def _already_there(path: Path) -> DiasporaKGError:
    return DiasporaKGError(
        "DKG605",
        f"there is already a file '{path}'; it was not touched",
        "Choose another name, or another place with -o.",
        Location(str(path)),
    )


def _rows(rows: Iterable[tuple[str, ...]], delimiter: str) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return text.getvalue()
