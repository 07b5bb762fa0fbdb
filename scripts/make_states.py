"""Write the tables of states and regions from the country-codes table and CLDR.

    python scripts/make_states.py country-codes.csv

The table is that of the "country-codes" data package (ODC-PDDL 1.0). Names come from CLDR
through Babel. What the table does not have is left empty: nothing is filled in from memory.
"""

import csv
import sys
from pathlib import Path

from babel import Locale
from babel.core import get_global

LANGUAGES = ("en", "tr", "ar", "ur", "uz")
TARGET = Path(__file__).resolve().parent.parent / "ontology" / "reference"
# The table gives NLD the identifier of the Kingdom of the Netherlands, which is more than the
# country in Europe that the ISO code means.
WRONG_WIKIDATA = {"NL"}
# Names by which packaged documents call a state where table and CLDR have another one.
ALSO_CALLED = {"TR": "Turkey"}


def main(table: str) -> None:
    """Read the table and write the two files."""
    with Path(table).open(encoding="utf-8-sig", newline="") as stream:
        rows = sorted(csv.DictReader(stream), key=lambda row: row["ISO3166-1-Alpha-2"])
    names = {language: Locale(language).territories for language in LANGUAGES}
    _write_states(rows, names)
    _write_regions(rows, names)
    _write_former_codes(rows)


def _write_states(rows: list[dict[str, str]], names: dict[str, dict[str, str]]) -> None:
    with (TARGET / "states.csv").open("w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream, lineterminator="\n")
        out.writerow(
            ["alpha2", "alpha3", "m49", "geonames", "wikidata", "status", "region", "subregion",
             *(f"name.{language}" for language in LANGUAGES), "un_name.en", "formal.en", "also.en"]
        )  # fmt: skip
        for row in rows:
            code = row["ISO3166-1-Alpha-2"].strip()
            wikidata = "" if code in WRONG_WIKIDATA else row["wikidata_id"].rpartition("/")[2]
            out.writerow(
                [code, row["ISO3166-1-Alpha-3"], _m49(row["M49"]), row["Geoname ID"], wikidata,
                 row["is_independent"], _m49(row["Region Code"]), _m49(row["Sub-region Code"]),
                 *(names[language].get(code, "") for language in LANGUAGES),
                 row["UNTERM English Short"].strip(), row["UNTERM English Formal"].strip(),
                 ALSO_CALLED.get(code, "")]
            )  # fmt: skip


def _write_former_codes(rows: list[dict[str, str]]) -> None:
    """Write which codes have ceased to exist, with what CLDR puts in their place."""
    current = {row[f"ISO3166-1-{kind}"].strip() for row in rows for kind in ("Alpha-2", "Alpha-3")}
    with (TARGET / "former-codes.csv").open("w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream, lineterminator="\n")
        out.writerow(["code", "successors"])
        for code, successors in sorted(get_global("territory_aliases").items()):
            if code.isalpha() and code not in current and set(successors) <= current:
                out.writerow([code, " ".join(successors)])


def _write_regions(rows: list[dict[str, str]], names: dict[str, dict[str, str]]) -> None:
    regions: dict[str, tuple[str, str]] = {}
    for row in rows:
        world, region = _m49(row["Global Code"]), _m49(row["Region Code"])
        for code, name, parent in (
            (world, row["Global Name"], ""),
            (region, row["Region Name"], world),
            (_m49(row["Sub-region Code"]), row["Sub-region Name"], region),
            (_m49(row["Intermediate Region Code"]), row["Intermediate Region Name"],
             _m49(row["Sub-region Code"])),
        ):  # fmt: skip
            if code:
                regions.setdefault(code, (name, parent))
    with (TARGET / "regions.csv").open("w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream, lineterminator="\n")
        out.writerow(["m49", "parent", *(f"name.{language}" for language in LANGUAGES)])
        for code, (name, parent) in sorted(regions.items()):
            localised = [names[language].get(code, "") for language in LANGUAGES]
            out.writerow([code, parent, localised[0] or name, *localised[1:]])


def _m49(code: str) -> str:
    digits = code.strip().split(".")[0]
    return digits.zfill(3) if digits else ""


if __name__ == "__main__":
    main(sys.argv[1])
