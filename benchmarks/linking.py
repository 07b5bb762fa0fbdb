"""Measure the matcher on a registry of 120,000 made-up organisations.

    python -m benchmarks.linking                    120,000 organisations, 2,000 names
    python -m benchmarks.linking --things 10000     fewer

The organisations have the form of those of the Research Organization Registry: two or three names
in several languages, an acronym, a town, a country, a website. Their words are generic words of the
lexicon and made-up names of places and persons. Everything follows from the seed.
"""

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from diaspora_kg.linking.lexicon import lexicon
from diaspora_kg.linking.matching import open_matcher

_ONSETS = (
    "b", "br", "c", "ch", "d", "dr", "f", "g", "gr", "h", "j", "k", "kl", "l", "m", "n", "p", "pr",
    "r", "s", "sh", "st", "t", "tr", "v", "w", "y", "z",
)  # fmt: skip
_VOWELS = ("a", "e", "i", "o", "u", "ai", "ou", "ei")
_ENDS = ["", "", "n", "r", "l", "s", "m", "ng", "ko", "va", "burg", "ton", "shi", "abad"]
_COUNTRIES = (
    "US", "JP", "FR", "DE", "GB", "IN", "CN", "CA", "IT", "ES", "BR", "PT", "AU", "KR", "NL", "SE",
    "CH", "PL", "RU", "TR", "MX", "NG", "ID", "AR", "UA",
)  # fmt: skip
_FORMS = ["", "", "", " Ltd.", " GmbH", " Co., Ltd.", " Foundation", " e.V."]


def words_of(rng: random.Random, count: int) -> list[str]:
    """Make names of places and persons."""
    found: dict[str, None] = {}
    while len(found) < count:
        syllables = rng.choice((2, 2, 3))
        stem = "".join(rng.choice(_ONSETS) + rng.choice(_VOWELS) for _ in range(syllables))
        found[(stem + rng.choice(_ENDS)).capitalize()] = None
    return list(found)


def records(count: int, seed: int) -> Iterator[dict[str, object]]:
    """Yield records in schema 2 of the registry."""
    rng = random.Random(seed)
    names = words_of(rng, 40_000)
    towns = names[:6000]
    generic: dict[str, list[str]] = {}
    for word, meaning in lexicon().words.items():
        if meaning[0] == "~" and len(word) > 3:
            generic.setdefault(meaning, []).append(word)
    meanings = sorted(generic)
    for number in range(count):
        town, country = rng.choice(towns), rng.choice(_COUNTRIES)
        own = rng.choice(names[: int(len(names) * rng.random()) + 1])
        chosen = [rng.choice(meanings[: int(len(meanings) * rng.random()) + 1]) for _ in range(3)]
        full = [
            " ".join(
                [
                    own,
                    *(rng.choice(generic[m]) for m in chosen[: rng.choice((1, 2, 3))]),
                    *([town] if rng.random() < 0.3 else []),
                ]
            )
            + rng.choice(_FORMS)
            for _ in range(rng.choice((1, 2, 2, 3, 4)))
        ]
        yield {
            "id": f"https://ror.org/0{number:08d}",
            "status": "active",
            "names": [
                {"value": full[0], "types": ["ror_display", "label"], "lang": "en"},
                *(
                    {"value": n, "types": ["alias"], "lang": rng.choice(("fr", "de", "es", None))}
                    for n in full[1:]
                ),
                {
                    "value": "".join(w[0] for w in full[0].split()).upper(),
                    "types": ["acronym"],
                    "lang": None,
                },
            ],
            "locations": [{"geonames_details": {"name": town, "country_code": country}}],
            "links": [{"type": "website", "value": f"https://www.{own.lower()}.org"}],
            "types": ["other"],
            "relationships": [],
        }


def main() -> None:
    """Write the registry, index it, ask."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--things", type=int, default=120_000)
    parser.add_argument("--names", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "registry.json"
        made = list(records(options.things, options.seed))
        path.write_text(json.dumps(made, ensure_ascii=False), "utf-8")
        rng = random.Random(options.seed)
        asked = [
            (rng.choice(rng.choice(made)["names"])["value"], None) for _ in range(options.names)
        ]
        del made
        for what in ("indexed", "opened again"):
            started = time.process_time()
            matcher = open_matcher(path, Path(folder))
            took = time.process_time() - started
            print(f"{options.things:,} organisations {what} in {took:.1f} s of one core")
        started = time.process_time()
        for name, country in asked:
            matcher.candidates(name, country)
        took = time.process_time() - started
        print(f"{options.names / took:.0f} names a second", file=sys.stdout)


if __name__ == "__main__":
    main()
