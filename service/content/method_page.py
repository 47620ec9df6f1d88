"""The page `/methode`: how suggestions come about, how often they are right, what is unknown."""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from data.land import AUDIT, GUIDELINES
from matcher import Matcher, curves, features
from matcher.german import number, percent
from matcher.group.consortium import MAX_SIZE, MIN_SIZE
from matcher.result import Factor
from models.additive import AdditiveRanker
from service.content.curve_drawing import WIDTH, Drawing, draw
from service.content.success_rate import SuccessRate
from service.matching.likelihood import Likelihood
from service.web.state import Current
from service.web.templating import TEMPLATES

router = APIRouter(include_in_schema=False)
# What each factor looks at, in the words of the page.
_FACTORS = {
    Factor.PROXIMITY: "Entfernung, gemeinsame Grenze, derselbe Kreis, dieselbe Region.",
    Factor.EQUALITY: "Rechtsstellung, Einwohnerzahl und Struktur im Verhältnis zu Ihrer Kommune.",
    Factor.TRUST: "Bekannte gemeinsame Kooperationen, gemeinsame Partner, Nachbarn mit Kontakten.",
    Factor.PRESSURE: "Haushaltsstatus und Altersaufbau.",
    Factor.TASK: "Wer an ähnlichen Vorhaben beteiligt war, und in welcher Zusammensetzung: mit "
    "Nachbarn, mit dem Kreis, in welcher Größe.",
}
# What officials can hold against their own experience: factors as a whole, along one feature;
# and single curves.
_IN_SUM = (
    (Factor.PROXIMITY, "log_seat_km"),
    (Factor.PROXIMITY, "relation"),
    (Factor.EQUALITY, "size_ratio"),
)
_SINGLE = (
    "log_seat_km", "border_share", "same_region", "fiscal", "close_ties", "walk", "request_ties",
    "relation_pattern",
)  # fmt: skip
Drawings = tuple[list[Drawing], list[Drawing]]
# A ranker fits one state of the data: its drawings stay the same.
_DRAWN: WeakKeyDictionary[AdditiveRanker, Drawings] = WeakKeyDictionary()
_RULES = {
    "nearest first": "nach Entfernung",
    "border, then distance": "nach gemeinsamer Grenze, dann Entfernung",
    "same Kreis, then distance": "nach Kreis, dann Entfernung",
    "shared cooperations, then distance": "nach gemeinsamen Kooperationen, dann Entfernung",
    "logistic regression": "mit einem einfachen linearen Modell derselben Merkmale",
}


@router.get("/methode", response_class=HTMLResponse)
def show_method(request: Request, state: Current) -> HTMLResponse:
    """Explain the method; figures only where they were measured for this very ranker."""
    matcher = state.matcher
    activity = matcher.knowledge.activity
    context = {
        "factors": [(factor.label, text) for factor, text in _FACTORS.items()],
        "likelihoods": tuple(Likelihood),
        "features": len(features.NAMES),
        "drawings": _curves(matcher),
        "curve_width": WIDTH,
        "kinds": (curves.FEW, curves.MANY),
        "degraded": matcher.degraded,
        "sizes": (MIN_SIZE, MAX_SIZE),
        "audit": AUDIT,
        "guideline": GUIDELINES[-1],
        "quality": _sentences(matcher.quality),
        "cases": _cases(matcher.quality),
        "success": state[SuccessRate].sentence(),
        "resources": matcher.dataset.resources,
        "bodies": len(activity),
        "silent": int((activity == 0).sum()),
        "cooperations": len(matcher.dataset.cooperations),
        "version": matcher.version,
        "data_version": matcher.dataset.version,
        "text_model": matcher.text_model_name,
    }
    return TEMPLATES.TemplateResponse(request, "content/method.html", context)


def _curves(matcher: Matcher) -> Drawings:
    """Draw factors in sum and single curves, once; a ranker of another kind has none."""
    ranker = matcher.ranker
    if not isinstance(ranker, AdditiveRanker):
        return [], []
    if ranker not in _DRAWN:
        found = {curve.feature.name: curve for curve in curves.drawable(ranker)}
        sums = [
            curves.in_sum(ranker, matcher.knowledge, factor, found[name].feature)
            for factor, name in _IN_SUM
            if name in found
        ]
        _DRAWN[ranker] = draw(sums), draw([found[name] for name in _SINGLE if name in found])
    return _DRAWN[ranker]


def _cases(quality: dict[str, Any]) -> str | None:
    cooperations, queries = quality.get("cooperations"), quality.get("queries")
    if cooperations is None or queries is None:
        return None
    return f"{number(cooperations)} bekannte Kooperationen mit {number(queries)} Suchen"


def _sentences(quality: dict[str, Any]) -> list[str]:
    """Put each figure that was measured into a sentence; what was not measured has none."""
    templates = {
        "hit_rate_at_5": "In {} der Suchen war unter den ersten fünf Vorschlägen mindestens ein "
        "tatsächlicher Partner.",
        "hit_rate_at_10": "Unter den ersten zehn war es in {} der Suchen mindestens einer.",
        "recall_at_25": "Unter den ersten 25 Vorschlägen standen im Mittel {} der tatsächlichen "
        "Partner.",
        "task_area_accuracy": "Den Aufgabenbereich erkennt der Dienst bei {} der Vorhaben allein "
        "aus dem Text.",
    }
    found = [
        template.format(percent(quality[name]))
        for name, template in templates.items()
        if quality.get(name) is not None
    ]
    ours, theirs = quality.get("ndcg_at_10"), quality.get("best_rule_ndcg_at_10")
    rule = _RULES.get(str(quality.get("best_rule")))
    if ours is not None and theirs is not None and rule is not None:
        found.append(
            f"Die Güte der Reihenfolge (nDCG der ersten zehn, 1 wäre fehlerlos) beträgt "
            f"{number(ours, 2)}. Das beste Vergleichsverfahren, eine Reihung {rule}, erreicht "
            f"{number(theirs, 2)}."
        )
    if quality.get("ece_shown") is not None:
        found.append(
            "Die angezeigten Anteile weichen im Mittel um "
            f"{number(100 * quality['ece_shown'], 1)} Prozentpunkte von dem ab, was eingetroffen "
            "ist."
        )
    return found
