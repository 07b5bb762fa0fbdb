"""Codes of large corpora: tables of many cases, Parquet, observations, Spark and its parts."""

from diaspora_kg.catalogue.entries import entry

_CLAIMS = """\
=== cases.csv
id,type,label.en,label.tr,coding.by,coding.on,coding.codebook
ytb,DiasporaInstitution,YTB,YTB,a-coder,2025-01-15,0.1.0
=== sources.csv
key,type,title.en,author,date,tier,access
yurtnac2012,report,New Horizon,"Yurtnaç, Kemal",2012-10,official,full-text
=== claims.csv
case,property,object,confidence,source,locator,quote.en
"""
_OBSERVATIONS = "area,period,indicator,value,unit,publisher\n"

ENTRIES = (
    entry(
        "DKG640",
        "a Parquet file cannot be read as a table",
        """The file is damaged or no Parquet, or a column holds records, maps or bytes. A column
        holds texts, numbers, dates, or lists of these, and is called like a column of a CSV
        table: what is nested has a dot in its name, such as 'quote.en'.""",
        "command",
        "diaspora-kg build renamed-workbook.parquet",
        "diaspora-kg build claims.parquet",
    ),
    entry(
        "DKG641",
        "the engine Spark is not there, or no session of it begins",
        """'--engine spark' needs the extra diaspora-kg[spark] and a Java runtime, 17 or later; with
        '--master' also a cluster that can be reached. Everything but the size of a corpus can be
        done without: '--engine local' gives the same graph.""",
        "command",
        "diaspora-kg build --engine spark --master spark://no-such-host:7077",
        "diaspora-kg build --engine spark --master 'local[2]'",
    ),
    entry(
        "DKG642",
        "the work on Spark could not be done",
        """An executor was lost, ran out of memory or disk, or cannot find diaspora-kg or the files:
        every machine of a cluster needs both, the files at the same paths. Nothing has been
        written, and a former graph is as it was.""",
        "command",
        "diaspora-kg build corpus --engine spark --master spark://host-without-the-files:7077",
        "diaspora-kg build corpus --engine spark --master 'local[2]'",
    ),
    entry(
        "DKG643",
        "an observation lacks what makes it one",
        """A measured number says what was measured (indicator, value), where (area), when (period)
        and by whom (publisher, or source for a work of the bibliography). Without any of these it
        cannot be compared with anything, and is not read.""",
        "files",
        f"=== migrants.observations.csv\n{_OBSERVATIONS}"
        "TR,,international-migrants,6000000,persons,UN DESA\n",
        f"=== migrants.observations.csv\n{_OBSERVATIONS}"
        "TR,2020,international-migrants,6000000,persons,UN DESA\n",
    ),
    entry(
        "DKG644",
        "an observed value is no number",
        """Programs write tables of observations, so a point stands before the decimals and
        thousands are not marked: 1.234 is one and a bit. Where nothing was measured the cell
        is empty; signs such as '..' and 'n/a' are no values.""",
        "files",
        f"=== migrants.observations.csv\n{_OBSERVATIONS}"
        'TR,2020,international-migrants,"6,000,000",persons,UN DESA\n',
        f"=== migrants.observations.csv\n{_OBSERVATIONS}"
        "TR,2020,international-migrants,6000000,persons,UN DESA\n",
    ),
    entry(
        "DKG645",
        "rows without a value were left out",
        """Tables of open data have a row for every area and year, whether measured or not. A row
        without a value is no observation. How many there are is said once for each file.""",
        "files",
        f"=== migrants.observations.csv\n{_OBSERVATIONS}"
        "TR,2020,international-migrants,6000000,persons,UN DESA\n"
        "TR,2021,international-migrants,,persons,UN DESA\n",
        f"=== migrants.observations.csv\n{_OBSERVATIONS}"
        "TR,2020,international-migrants,6000000,persons,UN DESA\n",
    ),
    entry(
        "DKG646",
        "an observation stands twice",
        """Area, counterpart, period, indicator and population criterion tell the observations of a
        data set apart; two rows that agree in these are one observation with two values, or a row
        that was copied. Another edition, or another way to measure, is another data set: name it
        in the column 'data-set'.""",
        "files",
        f"=== migrants.observations.csv\n{_OBSERVATIONS}"
        "TR,2020,international-migrants,6000000,persons,UN DESA\n"
        "TR,2020,international-migrants,5900000,persons,UN DESA\n",
        f"=== migrants.observations.csv\n{_OBSERVATIONS}"
        "TR,2020,international-migrants,6000000,persons,UN DESA\n"
        "TR,2021,international-migrants,5900000,persons,UN DESA\n",
    ),
    entry(
        "DKG647",
        "a row of a table with many cases names none",
        """Where a table has the column 'case', each of its rows says to which case it belongs;
        entities and passages beside it do the same, and a table 'cases' has a column 'id'.
        Sources belong to no case.""",
        "files",
        f"{_CLAIMS},diasporaInstitutionOf,TR,0.9,yurtnac2012,p. 4,is a member\n",
        f"{_CLAIMS}ytb,diasporaInstitutionOf,TR,0.9,yurtnac2012,p. 4,is a member\n",
    ),
    entry(
        "DKG648",
        "the parts of a graph cannot be written",
        """'--parts' names a folder that holds something already, or that cannot be written. Parts
        of two graphs in one folder would be taken for one graph, so the folder has to be new or
        empty.""",
        "command",
        "diaspora-kg build --engine spark --parts cases",
        "diaspora-kg build --engine spark --parts parts-of-today",
    ),
)
