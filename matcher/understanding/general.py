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
    zur region umgebung umkreis umland nähe ruhrgebiet kreisfreie kreisfreien kreisfreier mittlere
    mittleren kreisangehörige kreisangehörigen größere größeren kleinere kleineren ähnliche
    ähnlichen gleiche gleichen größe einwohner einwohnern km kilometer vorschlagen vorschläge
    beteiligen beteiligung anschließen anschluss einsteigen aufnehmen aufzunehmen passt passen
    geeignet geeignete infrage frage ideal bevorzugt lieber liebsten besten erst mal einfach gar
    anders andernfalls höchstens mindestens maximal ungefähr etwa sowie auch aber doch nur nicht
    keine keinen kein nein ja wenn falls sofern ob dass weil da so wie als bis ab aus nach über
    unter vor hinter neben gegen ohne seit durch um am ans beim vom es er sie man ihr ihre ihren
    euch sich mir mich ich mein meine dies diese dieser dieses jene etwas nichts niemand keiner
    alles beide einige mehrere weitere weiteren sein war waren wäre wären hätte hätten werden wird
    wurde wurden kann können könnte könnten soll sollen sollte sollten muss müssen müsste müssten
    darf dürfen mag möchte lassen geht gehen kommt kommen gibt geben macht brauche brauchen
    benötigen bitten danke dank hallo guten tag morgen liebe lieber grüße grüßen freundlichen
    sehr geehrte geehrter damen herren herr frau kollegen kolleginnen
    rat rates ausschuss ausschusses hauptausschuss beschluss beschlussvorschlag beschlussempfehlung
    beschlossen beschließt beauftragt beauftragen vorlage tagesordnung tagesordnungspunkt sitzung
    sitzungsturnus kenntnis kenntnisnahme nimmt ausführungen angelegenheit sache weiterzuverfolgen
    berichten bericht gespräche gespräch benachbarte benachbarten führen nächsten nächste
    abstimmungsergebnis abstimmung einstimmig mehrheitlich enthaltung enthaltungen stimmen
    gegenstimmen vertagt verweist überwiesen bürgermeister bürgermeisterin
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
