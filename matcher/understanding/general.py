"""Words of every request: they say nothing about its matter."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]+")
_GENERAL = frozenset(
    """
    partner partnern partnerschaft kooperation kooperationen kooperieren zusammenarbeit verbund
    zusammenarbeiten gemeinsam gemeinsame gemeinsamer zusammen interkommunal interkommunale ikz
    nachbar nachbarn nachbargemeinde nachbargemeinden nachbarstadt nachbarkommune kommune kommunen
    gemeinde gemeinden stadt städte städten kreis kreise kreisen verwaltung rathaus behörde amt
    netzwerk austausch zweckverband vereinbarung öffentlich rechtliche arbeitsgemeinschaft projekt
    vorhaben aufgabe aufgaben idee thema themen vorschlag förderung fördermittel zuschuss geld
    sparen kosten effizienz synergien interesse anfrage beschreibung anlage siehe personal suche
    suchen sucht gesucht gründen machen mitmachen wollen möchten will würden gern gerne wir uns
    unser unsere eine einen einer ein der die das den dem des mit und oder für von zu zum im in an
    anderen andere anderer jemand jemanden wer was bitte noch mehr viel alle allen überall fehlt
    fehlen drei zwei vier kleine kleinen große neue neuen sind ist hat haben bei auf es nicht ort
    erledigen nutzen zusammenschluss zusammentun zusammenschließen nachbarkommunen nachbarstädte
    nachbarstädten nachbarkreis nachbarkreise nachbarkreisen nachbarort nachbarorte nachbarorten
    """.split()  # noqa: SIM905 - a block of words reads better than quoted ones
)


def is_general(text: str) -> bool:
    """Tell whether a text in small letters has no word that could name a matter.

    Examples
    --------
    >>> is_general("wir suchen partner für eine aufgabe"), is_general("archiv gemeinsam")
    (True, False)
    """
    return _GENERAL.issuperset(_WORD.findall(text))
