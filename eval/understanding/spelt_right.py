"""`python -m eval.understanding.spelt_right DICTIONARY`: write `data/tables/spelt_right.csv`.

Of all words of a German dictionary those are kept that would else be read as a misspelt word of
the rules or as a misspelt name of a body or of a place beyond the border; other forms of that
same word are not. The dictionary is `de.json.gz` of pyspellchecker 0.9.1 (MIT licence): each word
with its frequency.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from Stemmer import Stemmer

import data
from data.dataset import TABLES
from data.provenance import update_descriptor, write_atomically
from data.spelling import SPELT_RIGHT
from eval.understanding.wishes import make_gazetteer
from matcher.understanding import Gazetteer
from matcher.understanding.name_candidates import nearest_name
from matcher.understanding.outside import nearest_outside
from matcher.understanding.tokens import normalize_word

_STEM = Stemmer("german")


def near_words(dictionary: Path, gazetteer: Gazetteer) -> Iterator[str]:
    """Yield the words of a dictionary that a gazetteer without them reads as others."""
    with gzip.open(dictionary, "rt", encoding="utf-8") as stream:
        listed = sorted({normalize_word(word) for word in json.load(stream)})
    for word in listed:
        known = (word,) in gazetteer.names or word in gazetteer.ordinary
        if known or not word.isalpha() or not word.isascii():
            continue
        meant = gazetteer.spelling.word(word)
        inflected = meant != word and _STEM.stemWord(meant) == _STEM.stemWord(word)
        name = nearest_name(word, gazetteer) or nearest_outside(word, gazetteer)
        if (meant != word and not inflected) or name is not None:
            yield word


def main() -> None:
    """Write the table anew."""
    gazetteer = make_gazetteer(data.load(), spelt_right=())
    buffer = io.StringIO()
    table = csv.writer(buffer, lineterminator="\n")
    table.writerows([["word"], *([word] for word in near_words(Path(sys.argv[1]), gazetteer))])
    write_atomically(TABLES / SPELT_RIGHT, buffer.getvalue())
    update_descriptor(TABLES)


if __name__ == "__main__":
    main()
