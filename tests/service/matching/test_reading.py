"""The answer page reads as an official talks: short sentences, no words of statistics or software."""

from __future__ import annotations

import re
from html import unescape

import pytest

STANDESAMT = "Uns fehlen Standesbeamte, wir möchten das Standesamt gemeinsam mit Nachbarn betreiben"
CASES = [
    ("Bad Sassendorf", STANDESAMT),
    ("Bad Sassendorf", "Sachbearbeitung im Sozialamt mit Nachbarn bündeln"),
    ("Lippetal", "Kfz-Zulassung mit Nachbarn, höchstens 30 km"),
    ("Hochsauerlandkreis", "OZG"),
    ("Köln", "Gemeinsames Archiv, auch mit Osnabrück"),
    ("Werdohl", "Vergabestelle gemeinsam, nicht mit Lüdenscheid"),
    ("Bad Sassendorf", "asdf jkl qwertz uiop"),
]
LONG = 20
# Words that officials do not use; as parts of words too, whatever their case.
FOREIGN = (
    "log-odds", "score", "embedding", "ranker", "ranking", "feature", "token", "vektor", "cosinus",
    "kosinus", "cluster", "query", "match", "konfidenz", "regression", "prior ", "sigma", "σ",
    "json", "default", "fallback", "kalibr", "algorithm", "künstliche intelligenz",
    "signifikan", "sprachmodell", "textmodell", "merkmal", "gewichtung", "schwellenwert", "filtered", "none", "nan ",
)  # fmt: skip
_BLOCKS = re.compile(r"<(?:p|li|dd|dt|td|th|h\d|summary|legend|label|option|figcaption)\b[^>]*>")
_SHORT_FORMS = re.compile(r"\b(?:Abs|Nr|Art|z|B|bzw|ca|Westf|Rhld|St|a|d|u)\.")


def told(client, body: str, text: str) -> str:
    """Return the answer as HTML without the names of records, which are not ours to word."""
    page = client.post("/", data={"body": body, "text": text}, headers={"X-Fragment": "1"})
    assert page.status_code == 200
    html = re.sub(r"<p class=\"print-only.*?</p>", "", page.text, flags=re.DOTALL)
    html = re.sub(r"<(svg|option)\b.*?</\1>", "", html, flags=re.DOTALL)
    return re.sub(r'<a [^>]*href="/kooperationen/[^>]*>.*?</a>', "Titel", html, flags=re.DOTALL)


def sentences(html: str) -> list[list[str]]:
    found = []
    for block in _BLOCKS.split(html):
        plain = unescape(re.sub(r"<[^>]+>", " ", block))
        for part in re.split(r"[.?!:;]\s", _SHORT_FORMS.sub(lambda m: m[0][:-1], plain)):
            words = re.findall(r"[\w§%-]+", part)
            if words:
                found.append(words)
    return found


@pytest.mark.parametrize(("body", "text"), CASES)
def test_sentences_are_short(client, body, text):
    found = sentences(told(client, body, text))
    lengths = [len(words) for words in found]
    assert sum(lengths) / len(lengths) <= 10
    long = [" ".join(words) for words in found if len(words) > LONG]
    assert len(long) <= 0.03 * len(found), long


@pytest.mark.parametrize(("body", "text"), CASES)
def test_no_word_that_officials_do_not_use(client, body, text):
    plain = unescape(re.sub(r"<[^>]+>", " ", told(client, body, text))).lower()
    assert [word for word in FOREIGN if word in plain] == []
    assert not re.search(r"[+−]\d+,\d\d\b", plain)


def test_the_form_reads_as_plainly(client):
    page = client.get("/").text
    main = re.sub(r"<option\b.*?</option>", "", page.split("<main")[1].split("</main>")[0])
    plain = unescape(re.sub(r"<[^>]+>", " ", main)).lower()
    assert [word for word in FOREIGN if word in plain] == []
    lengths = [len(words) for words in sentences(main)]
    assert max(lengths) <= LONG
