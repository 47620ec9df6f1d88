"""Signs of whether a text is a matter that its words alone give: who speaks, of what, and how."""

from __future__ import annotations

import re
from collections.abc import Sequence

from matcher.understanding.general import is_general

WORDED = (
    "says_i", "asks", "says_we", "symbols", "other_level", "trade", "only_general", "citizen_asks",
)  # fmt: skip
"""Names of the signs, in their order."""
_I = re.compile(r"\b(?:ich|mein|meine|meinen|meinem|meiner|mir|mich)\b")
_WE = re.compile(
    r"\b(?:wir|uns|unser\w*|gemeinsam\w*|zusammen|nachbar\w*|kommunen?|gemeinden?|städten?|stadt"
    r"|kreis\w*)\b"
)
# What the Bund, the Land or Europe decide, and what firms sell; each is one sign among many.
_OTHER_LEVEL = re.compile(
    r"\b(?:bundes(?:wehr|tag|rat|regierung|kanzler|präsident|minister|polizei|bank|haushalt)\w*"
    r"|bundestagswahl|landtag\w*|ministerpräsident\w*|europäisch\w*|eu-\w+|nato|marine|luftwaffe"
    r"|soldat\w*|kampfflugzeug\w*|wehrpflicht\w*|geheimdienst\w*|asylrecht\w*|grenzkontrolle\w*"
    r"|krankenkasse\w*|krankenversicherung|kindergeld\w*|mehrwertsteuer\w*|rentenreform|parteitag"
    r"|kanzler\w*|panzer\w*|autobahn\w*|grundgesetz\w*|verfassung\w*|außenpolitik|außenminister\w*"
    r"|\w*zentralbank|leitzins\w*|zoll|zölle|zollunion|inflation)\b|\b[ab]\d{1,3}\b"
)
_TRADE = re.compile(
    r"\b(?:firma|filialen?|lieferant\w*|großhändler\w*|händler|start-?up|investor\w*|kunden|hotel"
    r"|restaurant|pizzeria|bäckerei|metzgerei|friseur\w*|autohaus|makler\w*|verkaufen?|verkauft"
    r"|rabatt|gratis|online-shop|abnehmer|nachmieter|apotheke|praxis|zimmerei|spedition|agentur"
    r"|gesellen|mandanten|bietet|biete|verpachten|malerbetrieb|kanzlei|laden|salon|zu vermieten)\b"
)
# How citizens ask their town hall; officials ask who takes part.
_CITIZEN = re.compile(
    r"^(?:ab |bis |seit |und )?(?:wann|wo|wohin|wie (?:hoch|viel|lange|teuer|werde|bekomme|melde)"
    r"|wieviel|warum|was (?:kostet|muss|passiert)|ist (?:der|die|das|es|in)|hat (?:der|die|das)"
    r"|haben sie|muss ich|darf (?:ich|man)|kann (?:ich|man)|welche unterlagen"
    r"|wo (?:ist|kann|finde))\b"
)
_SYMBOL = re.compile(r"[^\w\s.,:;!?()\-–/§&%„“\"'+]")


def worded(texts: Sequence[str]) -> list[list[float]]:
    """Return a list for each sign with its value for each text."""
    small = [text.lower() for text in texts]
    return [
        [bool(_I.search(text)) for text in small],
        [text.strip().endswith("?") for text in texts],
        [bool(_WE.search(text)) for text in small],
        [min(len(_SYMBOL.findall(text)), 5) for text in small],
        [bool(_OTHER_LEVEL.search(text)) for text in small],
        [bool(_TRADE.search(text)) for text in small],
        [is_general(text) for text in small],
        [bool(_CITIZEN.search(text.strip())) for text in small],
    ]
