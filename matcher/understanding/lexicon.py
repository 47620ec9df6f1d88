"""Kinds of words that the rules of wishes speak of, in German and English."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from matcher.understanding.tokens import Token, words

# Kind -> words in plain letters; "…*" takes every word that begins so.
LEXICON: Mapping[str, str] = {
    "nur": "nur ausschliesslich ausschl lediglich only exclusively solely blos bloss genau einzig "
           "ausschliesslichen exactly just",
    "not": "don't don’t doesn't mustn't nich nicht nichts keinesfalls niemals not nie keineswegs",
    "no": "kein keine keinen keiner keinem keines no none weder",
    "nobody": "niemand niemanden niemandem nirgends nirgendwo nobody nowhere",
    "without": "ohne without",
    "except": "ausser ausgenommen except",
    "outside": "ausserhalb ausserh jenseits outside beyond",
    "leave": "verlassen leave",
    "ja": "ja yes",
    "including": "einschliesslich inklusive inkl including",
    "status": "status rechtsstatus",
    "upward": "aufwaerts upwards",
    "downward": "abwaerts downwards",
    "elsewhere": "woanders anderswo auswaerts tellerrand elsewhere",
    "toplace": "ins into",
    "direction": "richtung direction",
    "inside": "innerhalb innerh within inside binnen",
    "the": "der die das den dem des d the denen that which",
    "one": "ein eine einen einem einer eines one a",
    "single": "einzige* einzigen einziger single",
    "our": "unserm unsern unsres unsren unsrem unsrer unsre unser unsere unserem unseren unserer "
           "unseres our",
    "us": "uns us ours",
    "its": "seine seinen seiner ihre ihren ihrer its",
    "own": "eigen* own",
    "other": "uebrig* restlich* anders andere anderen anderer anderem anderes other another others "
             "different",
    "further": "weitere weiteren weiterer weiterem weiteres zusaetzlich* additional further",
    "still": "noch",
    "more": "mehr laenger more groesser greater larger",
    "less": "naeher weniger unter kleiner unterhalb fewer less under below <",
    "than": "als wie than as",
    "upto": "bis up",
    "to": "zu to zur zum",
    "max": "max maximal hoechstens maximum maximale* maximalen allenfalls ≤",
    "min": "untergrenze mindestgroesse min mindestens mind wenigstens minimum oberhalb least ≥",
    "ab": "ab",
    "over": "ueber above >",
    "between": "zwischen between",
    "far": "weit weiter entfernter ferner far further",
    "weg": "weg entfernt entfernung* away distance fahrt luftlinie distanz maximalentfernung "
           "hoechstentfernung "
           "fahrtstrecke anfahrtsweg anfahrt fahrtweg fahrweg",
    "radius": "umkreis* umkr dunstkreis* radius naehe reichweite",
    "km": "km kilometer* kilometern kilometre* kilometres kms",
    "minutes": "minuten minutes autominuten fahrminuten autostunde* stunde stunden fahrstunde* "
               "autominute fahrzeit fahrtzeit",
    "vague": "raum grossraum ballungsraum gegend umland landstrich",
    "people": "leute leuten einwohner* einwohnern ew einw einwohnerinnen inhabitants people "
              "residents buergern einwohnerzahl seelen menschen population tew",
    "thousand": "tsd tausend td thousand k t",
    "million": "mio million millionen",
    "stadt": "stadt staedte staedten city cities town towns stadtverwaltungen",
    "gemeinde": "gemeinde gemeinden municipality municipalities gemeindeverwaltungen village "
                "villages",
    "ort": "ort orte orten ortes orts ortschaften",
    "kommune": "kommune kommunen koerperschaft* koerperschaften authorities "
               "gebietskoerperschaften rathaeuser* mitgliedskommunen umlandkommunen "
               "mitgliedsgemeinden",
    "nbplace": "nachbarstadt nachbarstaedte* nachbarstaedten nachbargemeinde* nachbargemeinden "
               "nachbarkommune* nachbarkommunen nachbarort* nachbarorte* umlandgemeinden "
               "anrainerkommune* "
               "anrainergemeinden anrainerstaedte*",
    "office": "verwaltung jugendaemter jugendaemtern feuerwehren wehren standesaemter "
              "standesaemtern",
    "nb": "nachbar nachbarn nachbarinnen neighbour* neighbor* nachbarwehren nachbarverwaltungen",
    "nbschaft": "nachbarschaft",
    "nbkreis": "nachbarkreis*",
    "nbadj": "benachbart* umliegend* neighbouring neighboring nahe nahegelegene*",
    "bordering": "angrenzend* grenzend* anrainer* anliegend* anstossend* anschliessend* "
                 "aneinandergrenzend* "
                 "adjacent bordering adjoining",
    "joins": "anschliessen anschliesst heranreichen heranreicht",
    "borderer": "grenznachbar* grenznachbarinnen",
    "around": "ringsum ringsherum rundum rundherum drumherum",
    "border": "grenzen grenzt angrenzen angrenzt stossen stoesst",
    "borderline": "gebietsgrenze* grenze* gemarkungsgrenze* stadtgrenze* gemeindegrenze* "
                  "ortsgrenze* border",
    "beside": "neben beside",
    "most": "most",
    "direct": "direkt* unmittelbar* direct directly immediate unmittelbare",
    "nextdoor": "nebenan",
    "kreis": "landkreis krs kr kreis kreises kreisverwaltung kreisgebiet* kreisgebietes district "
             "county staedteregion kreisseite",
    "kreise": "kreise kreisen landkreise* landkreisen districts counties kreisverwaltungen",
    "kreisgrenze": "kreisgrenze* kreisgrenzen",
    "across": "hinweg hinaus",
    "kreispart": "kreisbeteiligung",
    "kreisown": "kreiseigen*",
    "kreisinternal": "kreisintern* kreiskommunen kreisgemeinden",
    "kreisforeign": "kreisfremd* ausserkreislich* kreisextern*",
    "kreiswide": "kreisweit",
    "kreislevel": "kreisebene",
    "kreisfrei": "independent kreisfrei* krfr kfr kreisfr",
    "kreisang": "kreisangehoerig* kreisang kreisangeh kreisangehorig*",
    "gross": "big large gross grosse grossen grosser grosses gr",
    "mittel": "mittlere mittleren mittlerer mittelgross* mittelgrosse* mittl medium mittelgrossen",
    "klein": "klein kleine kleinen kleiner kleines small kl",
    "smaller": "kleinere kleineren kleinerer kleineres smaller",
    "bigger": "groessere groesseren groesserer groesseres larger bigger",
    "grossstadt": "grossstadt grossstaedte*",
    "mittelstadt": "mittelstadt mittelstaedte*",
    "kleinstadt": "kleinstadt kleinstaedte*",
    "verband": "landschaftsverband landschaftsverbaende* landschaftsverbaenden zweckverbaende* "
               "zweckverbaenden verbaende verbaenden landschaftsverbandes",
    "partner": "jemand jemanden jemandem someone anyone somebody anybody "
               "partnersuche partnerstaedte* partner* "
               "partnern partnerverwaltung* mitstreiter* interessenten kooperationspartner* "
               "mitwirkende* beteiligte "
               "beteiligten partnergemeinde* partnergemeinden partnerstadt partnerort* traeger "
               "vorschlag vorschlaege* mitnutzer partnerkommune* partnerkommunen",
    "with": "mit with",
    "jointly": "zusammen gemeinsam together jointly",
    "among": "unter among untereinander unter",
    "from": "aus von vom ausm from of",
    "at": "beim bei",
    "onto": "auf",
    "toward": "an",
    "limited": "beschraenken begrenzen beschraenkt begrenzt limited restricted",
    "independent": "unabhaengig* independently",
    "barred": "weglassen auslassen streichen scheiden scheidet ausgeschlossen unerwuenscht "
              "excluded abgesagt nein untersagt verboten tabu",
    "in": "in im i at inside",
    "all": "alle allen aller saemtliche* all every jede jeder jedes jeweils",
    "und": "und oder sowie u o bzw plus and or",
    "excludes": "schliessen schliesst",
    "want": "gewuenscht hauptsache suchen sucht suche gesucht gesuchte wollen moechten will "
            "moechte "
            "wuenschen bevorzugt vorschlagen vorgeschlagen frage look looking seek want brauchen "
            "benoetigen infrage willkommen gern gerne lieber duerfen ideal idealerweise waeren "
            "waere "
            "liebsten besten vorzugsweise vorrangig preferably preferred bitte wunsch betracht "
            "fehlen fehlt bevorzugen ansprechen need please erwuenscht gemeint angesprochen",
    "shall": "moege moegen soll sollen sollte sollten should koennte koennten muss muessen must",
    "enough": "genuegt reicht genuegen reichen genug ausreichend",
    "also": "auch ruhig also too ob gegebenenfalls ggf obwohl obgleich wenngleich sogar notfalls "
            "although",
    "we": "wir we",
    "group": "runde verbund zusammenschluss gruppe buendnis kooperationsverbund verband",
    "are": "sind are ist is wird werden sein seien be",
    "lie": "liegen liegt gelegen* ansaessig",
    "belong": "gehoeren gehoert angehoeren angehoert",
    "exceed": "ueberschritten ueberschreiten uebersteigen ueberschreitet uebersteigt exceed",
    "limit": "obergrenze hoechstgrenze schmerzgrenze limit",
    "count": "zahl anzahl partneranzahl partnerzahl",
    "refuse": "lehnen ablehnen abgelehnt",
    "if": "wenn sofern sobald if",
    "forgo": "verzichten verzichtet verzichtbar entbehrlich absehen",
    "have": "haben hat have has zaehlt zaehlen",
    "total_of": "insgesamt zusammengerechnet overall total",
    "similar": "aehnlich* gleich* vergleichbar* ebenso genauso similar comparable same selben "
               "selber demselben derselben dieselben desselben",
    "size": "groesse groessenordnung groessenklasse size einwohnerzahl einwohnerstaerke",
    "equal": "augenhoehe",
    "factor": "doppelt dreimal viermal halb",
    "together": "zweit dritt viert fuenft sechst",
    "foursome": "zweierloesung dreierloesung viererloesung "
                "tandem duo trio quartett bilateral* zweierbund* dreierbund* viererbund* "
                "fuenferbund* "
                "sechserbund* zweierteam zweierverbund dreierverbund viererverbund fuenferverbund "
                "sechserverbund zweierbuendnis dreierbuendnis viererbuendnis fuenferbuendnis "
                "zweiergruppe dreiergruppe vierergruppe fuenfergruppe zweierkooperation "
                "dreierkooperation viererkooperation dreierteam viererteam",
    "ordinal": "zweite* dritte* vierte* fuenfte* sechste* zweiter dritter vierter fuenfter",
    "let": "lassen laesst",
    "through": "durch through",
    "interest": "interessiert interessieren interested",
    "there": "dort da hier",
    "lead": "federfuehrung traegerschaft leitung fuehrung koordination koordinierung koordiniert "
            "dach "
            "regie verantwortung organisiert uebernommen",
    "takes": "abnehmen ansiedeln angesiedelt auslagern anbinden uebertragung abgabe abgeben "
             "abtreten delegieren federfuehrend geben uebernehmen uebernaehme "
             "uebernimmt traegt tragen betreiben betreibt uebertragen organisieren koordinieren "
             "stemmen machen ausfuehren erledigen fuehren bereitstellen",
    "exists": "gibt existieren findet",
    "relieves": "nimmt",
    "takespart": "participate boot bord mitziehen mittragen beteiligt beteiligen mitmachen "
                 "dabei mitwirken teilnehmen beteiligung mitwirkung involved eingebunden "
                 "einbezogen einbinden "
                 "einbeziehen dabeihaben dabeisein involvement mitmacht mitzieht mittraegt "
                 "mitwirkt teilnimmt helfen mithelfen unterstuetzen unterstuetzung",
    "absent": "aussen draussen raus herausgehalten heraushalten",
    "wherever": "wo woher ueberall wherever",
    "stay": "bleiben bleibt stay",
    "statewide": "landesweit* nrwweit statewide",
    "anywhere": "ortsunabhaengig* standortunabhaengig",
    "whole": "ganz ganze ganzen ganzer gesamt* gesamten whole anywhere",
    "nrw": "nrw nordrhein",
    "land": "land lande bundesland",
    "who": "wer who",
    "toomuch": "unwirtschaftlich unrentabel sinnlos viel kompliziert schwierig umstaendlich "
               "schwerfaellig",
    "matters": "spielt zweitrangig nebensaechlich egal unwichtig unerheblich",
    "role": "rolle",
    "serves": "versorgt versorgen je pro betreut betreuen fuer versorgung per erreicht",
    "catchment": "einzugsgebiet einzugsbereich",
    "comma": ", ( )",
    "dash": "- –",
    "sich": "sich each",
    "amp": "& /",
    "stop": "stop",
    "adj": "neue neuen leistungsfaehige* starke starken verlaessliche* interessierte* passende* "
           "common shared gleichgesinnte* engagierte* kleinste* gemeinsam*",
    "butonly": "sondern but",
    "but": "aber jedoch doch allerdings",
}  # fmt: skip
NEED = words("muss muessen braucht brauchen need")
"""Verbs of what must be, and with a denial of what need not."""
_ONES = ("ein", "zwei", "drei", "vier", "fuenf", "sechs", "sieben", "acht", "neun")
_TENS = ("zwanzig", "dreissig", "vierzig", "fuenfzig", "sechzig", "siebzig", "achtzig", "neunzig")


def _german_numbers() -> dict[str, int]:
    """Return the German words for 2 to 99, and for each as many thousand."""
    small = {word: n for n, word in enumerate(_ONES, 1) if n > 1}
    small |= {"zehn": 10, "elf": 11, "zwoelf": 12, "sechzehn": 16, "siebzehn": 17}
    small |= {f"{_ONES[n - 1]}zehn": 10 + n for n in (3, 4, 5, 8, 9)}
    for tens, word in enumerate(_TENS, 2):
        small |= {word: 10 * tens} | {
            f"{o}und{word}": 10 * tens + n for n, o in enumerate(_ONES, 1)
        }
    thousands = {f"{word}tausend": 1000 * n for word, n in small.items()}
    return small | thousands | {"hundert": 100, "hunderttausend": 100_000}


NUMBER_WORDS: Mapping[str, int] = {
    **_german_numbers(),
    "beide": 2, "beiden": 2, "zweien": 2, "dreien": 3, "zwo": 2,
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10, "fifteen": 15, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50,
}  # fmt: skip
TOTALS: Mapping[str, int] = {
    "tandem": 2, "duo": 2, "trio": 3, "quartett": 4, "bilateral": 2, "zweit": 2,
    "zweier": 2, "dritt": 3, "dreier": 3,
    "viert": 4, "vierer": 4, "fuenft": 5, "fuenfer": 5, "sechst": 6, "sechser": 6,
}  # fmt: skip
# 20.000, 20 000 and, in English, 20,000.
_THOUSANDS = re.compile(r"\d{1,3}(?:\D\d{3})+")


def _build() -> tuple[dict[str, str], tuple[tuple[str, str], ...]]:
    exact: dict[str, str] = {}
    prefixes: list[tuple[str, str]] = []
    for kind, listed in LEXICON.items():
        for word in listed.split():
            if word.endswith("*"):
                prefixes.append((word[:-1], kind))
            exact.setdefault(word.rstrip("*?"), kind)
    return exact, tuple(sorted(prefixes, key=lambda pair: -len(pair[0])))


_EXACT, _PREFIXES = _build()
_ENDINGS = ("", "e", "en", "er", "es", "em", "n", "s", "rn", "innen", "in")


def vocabulary() -> frozenset[str]:
    """Return all words that rules speak of, in all their forms."""
    inflected = (stem + ending for stem, _ in _PREFIXES for ending in _ENDINGS)
    return frozenset([*_EXACT, *inflected, *NUMBER_WORDS, *TOTALS])


def kind_of(token: Token) -> str:
    """Return the kind of a token; "w" for a word that no rule speaks of."""
    if token.is_number:
        return "number"
    if not token.is_word:
        if token.text == ":":
            return "colon"
        return "stop" if token.stops else _EXACT.get(token.norm, "comma")
    return "number" if token.norm in NUMBER_WORDS else _kind_of_word(token.norm)


@lru_cache(maxsize=20_000)
def _kind_of_word(word: str) -> str:
    if word in _EXACT:
        return _EXACT[word]
    for stem, kind in _PREFIXES:
        if word.startswith(stem) and word[len(stem) :] in _ENDINGS:
            return kind
    for ending, kind in _COMPOUNDS.items():
        if word.endswith(ending) and not word.startswith(_NO_BODIES):
            return kind
    return "w"


# Plurals of compounds, "Grenzgemeinden" and "Kurorte", are bodies, but for these.
_COMPOUNDS = {
    "staedte": "stadt", "staedten": "stadt", "gemeinden": "gemeinde",
    "kurorte": "ort", "kurorten": "ort", "kurort": "ort",
}  # fmt: skip
_NO_BODIES = ("innen", "alt", "kern", "kirchen", "pfarr", "paten", "verbands", "samt", "orts")


def total_at(word: str) -> int:
    """Return how many "zu dritt" and "Dreierverbund" are."""
    return next(count for stem, count in TOTALS.items() if word.startswith(stem))


def ordinal_at(word: str) -> int:
    """Return which one "die dritte" is."""
    return next(count for stem, count in _ORDINALS.items() if word.startswith(stem))


_ORDINALS = {"zweite": 2, "dritte": 3, "vierte": 4, "fuenfte": 5, "sechste": 6}


FACTORS: Mapping[str, float] = {"doppelt": 2, "dreimal": 3, "viermal": 4, "halb": 0.5}


_BEFORE_A_DOZEN = words("ein einem halbes halben")


def number_at(tokens: Sequence[Token], index: int) -> float:
    """Return the number that a token of kind "number" means."""
    token = tokens[index]
    if token.norm in _BEFORE_A_DOZEN:
        half = any(token.norm.startswith("halb") for token in tokens[index : index + 2])
        return 6 if half else 12
    if token.norm in NUMBER_WORDS:
        return NUMBER_WORDS[token.norm]
    if _THOUSANDS.fullmatch(token.text):
        return float("".join(letter for letter in token.text if letter.isdigit()))
    return float(token.text.replace(",", "."))
