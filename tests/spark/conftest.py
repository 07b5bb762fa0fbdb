"""One Spark session for all tests of this folder: two cores, little memory, loopback only."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from diaspora_kg.spark import SparkEngine

JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""For a session of a minute: compiling each method twice and collecting on all cores costs more."""

SETTINGS = {
    "spark.driver.memory": "512m",
    "spark.driver.extraJavaOptions": JAVA,
    "spark.sql.shuffle.partitions": "2",
}

CASES = """\
id,type,label.en,label.tr,coding.by,coding.on,coding.codebook
ytb,DiasporaInstitution,YTB,YTB,a-coder,2025-01-15,0.1.0
oka,DiasporaInstitution,Overseas Koreans Agency,Denizaşırı Koreliler Ajansı,b-coder,2025-01-15,0.1.0
moia,DiasporaInstitution,MOIA,MOIA,a-coder,2025-01-15,0.1.0
"""
SOURCES = """\
key,type,title.en,author,date,tier,access
yurtnac2012,report,New Horizon,"Yurtnaç, Kemal",2012-10,official,full-text
gamlen2014,article,Diaspora Institutions,"Gamlen, Alan",2014,scholarly,full-text
"""
ENTITIES = """\
case,id,type,label.en,label.tr
ytb,prime-ministry-tr,StateBody,Prime Ministry,Başbakanlık
oka,foreign-ministry-kr,StateBody,Ministry of Foreign Affairs,Dışişleri Bakanlığı
"""
PASSAGES = """\
case,id,source,locator,quote.en
ytb,under,yurtnac2012,section 2,is established under the Prime Ministry
"""
CLAIMS = """\
case,id,property,object,value.en,confidence,evidence,source,locator,quote.en,restates,contrary-to
ytb,parent,administrativeParent,prime-ministry-tr,,0.9,under,,,,,
ytb,,diasporaInstitutionOf,TR,,0.9,under,,,,,
ytb,home,identifiedWithState,TR,,0.9,,gamlen2014,p. 1,of Türkiye,,
oka,,administrativeParent,foreign-ministry-kr,,0.8,,gamlen2014,p. 3,under the ministry,,
oka,parent,administrativeParent,prime-ministry-tr,,0.8,,gamlen2014,p. 4,by the premier,ytb/parent,
oka,purpose,statedPurpose,,to serve Koreans abroad,0.8,,gamlen2014,p. 5,serves Koreans abroad,,
moia,,diasporaInstitutionOf,IN,,0.7,,gamlen2014,p. 6,of India,,
moia,closed,administrativeParent,prime-ministry-tr,,0.7,,gamlen2014,p. 7,was under it,,oka/parent
ytb,home,,,,,,gamlen2014,p. 2,again of Türkiye,,
moia,,diasporaInstitutionOf,IN,,0.7,,gamlen2014,p. 6,of India,,
"""
OBSERVATIONS = """\
data-set,area,period,indicator,value,unit,population,status,publisher
migrant-stock,TR,2020,international-migrants,6052652,persons,by-birth,estimate,UN DESA
migrant-stock,KR,2020,international-migrants,1728093,persons,by-birth,estimate,UN DESA
migrant-stock,IN,2020,international-migrants,,persons,by-birth,estimate,UN DESA
migrant-stock,IN,2015,international-migrants,5240960.5,persons,by-birth,estimate,UN DESA
"""


@pytest.fixture(scope="session")
def context() -> Iterator[Any]:
    """Begin the session, or say why there is none."""
    pytest.importorskip("pyspark", reason="pip install 'diaspora-kg[spark]'")
    if shutil.which("java") is None:
        pytest.skip("Spark needs a Java runtime (17 or later)")
    from diaspora_kg.spark.session import spark_context

    with spark_context("local[2]", SETTINGS) as context:
        yield context


@pytest.fixture
def engine(context: Any) -> Callable[[int], SparkEngine]:
    """Make an engine that cuts cases into slices of so many rows."""
    return lambda rows=5_000: SparkEngine(context, rows)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Write a small corpus: three cases in one table, tied to one another, and observations."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    for name, text in (
        ("claims", CLAIMS),
        ("cases", CASES),
        ("sources", SOURCES),
        ("entities", ENTITIES),
        ("passages", PASSAGES),
        ("observations", OBSERVATIONS),
    ):
        (folder / f"{name}.csv").write_text(text, "utf-8")
    return folder
