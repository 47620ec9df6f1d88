"""Words of agreeing and refusing: what a body said when it was asked to take part."""

from __future__ import annotations

from typing import Literal

from matcher.understanding.tokens import words

Role = Literal["wanted", "on_board", "excluded", "mentioned"]


def pairs(text: str) -> frozenset[tuple[str, ...]]:
    """Return pairs of words: "lehnt ab, sagt ab"."""
    return frozenset(tuple(pair.split()) for pair in text.split(", "))


_SAID_YES = words(
    "mitglied zugesagt zugestimmt dabei boot bord beigetreten zusage signalisiert eingewilligt "
    "agreed unterschrieben unterzeichnet einverstanden angeschlossen bereit"
)
AGREED = _SAID_YES | words(
    "gewonnen zusagen vereinbart board beschlossen einig abgesprochen abgemacht handelseinig "
    "gesetzt bestaetigt confirmed fix"
)
"""Words that say of a body that it takes part."""
_SAID_NO = words(
    "abgesagt ausgestiegen absage abgelehnt abgewunken abgewinkt ausgeschieden declined "
    "abgesprungen ausgeschert ausgetreten zurueckgezogen zurueckgenommen withdrew"
)
REFUSED = _SAID_NO | words(
    "nein aussen draussen raus desinteresse verweigert ausgenommen weglassen rauslassen "
    "auslassen raushalten ausklammern streichen dagegen ausgeschlossen entfaellt rueckzieher "
    "verneint gekuendigt gescheitert geplatzt versorgt anderweitig heraushalten fernhalten "
    "vermeiden meiden ausschliessen aussparen umgehen out flach korb aerger streit abstand "
    "bogen zerschlagen unerwuenscht ausblenden ignorieren entfernen leiche gestorben "
    "ausgeklammert ausgespart ausgelassen weggelassen rausgelassen rausgenommen herausgenommen "
    "uebergehen"
)
"""Words that say of a body that it does not, or shall not."""
PARTNER_VERBS = (
    _SAID_YES
    | _SAID_NO
    | words(
        "partner mitmachen mitmacht beteiligen interesse interessiert interested joining join "
        "joined willing dabeihaben dabeisein angeboten angefragt uebernommen kooperiert "
        "kooperieren unterstuetzt unterstuetzen"
    )
)
"""Words of which bodies alone are the subject: beside one, "Essen" is a town."""

AGREES = pairs(
    "ja gesagt, said yes, gruenes licht, der partie, am tisch, uns anschliessen, steht fest, "
    "stehen fest, alles besprochen, beschluss vor"
)
CONSENTS = pairs(
    "sagt zu, sagen zu, sagte zu, sagten zu, stimmt zu, stimmen zu, stimmte zu, stimmten zu, "
    "schliesst an, schlossen an"
)
REFUSES = pairs(
    "es nichts, daraus nichts, anders entschieden, eigene wege, lehnte ab, lehnten ab, sagte ab, "
    "sagten ab, winkte ab, winkten ab, stieg aus, stiegen aus, sprang ab, sprangen ab, zog "
    "zurueck, zogen zurueck, lehnt ab, lehnen ab, sagt ab, scheidet aus, scheiden aus, winkt ab, "
    "steigt aus, faellt weg, faellt aus, faellt heraus, faellt raus, fallen heraus, fallen raus, "
    "springt ab, springen ab, schert aus, zieht zurueck, ziehen zurueck, steigen aus, tritt aus, "
    "winken ab, sagen ab, allein bleiben, alleine bleiben, bleibt allein, macht allein, macht "
    "alleine, macht selbst, macht selber, andere plaene, gegen entschieden, schon durch, schon "
    "jemanden, bereits jemanden, bleibt sich, bleiben sich, eigenstaendig bleiben, bleibt "
    "eigenstaendig, selbststaendig bleiben, bleibt selbststaendig, said no, stay own, stays own"
)
LEFT_OUT_HEADING = REFUSED | words("absagen ausschluss ausser excluded nicht no not ohne")
"""Words of a heading above bodies that do not take part: "Absagen: Werl"."""
TAKE_PART_HEADING = AGREED | words(
    "vorhanden bisher bisherige bisheriger teilnehmer mitglieder fest sicher ja yes"
)
"""Words of a heading above bodies that do: "Zusagen: Werl"."""
