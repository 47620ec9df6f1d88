"""Metadata of the open data as DCAT-AP.de, in JSON-LD, for catalogues to harvest.

Terms: DCAT-AP.de 3.0 (https://www.dcat-ap.de/def/dcatde/3.0/spec/), whose mandatory and recommended
properties of catalogue, data set and distribution are filled; codes are those of the EU's
authority tables. Each thing that is referred to says of which class it is, so that a validator need
not load those tables. GovData asks for a contributorID besides: it gives one to who delivers there.
"""

from __future__ import annotations

from typing import Any

from data.land import LAND
from service.content.open_data import DESCRIPTION, LICENSE

MEDIA_TYPE = "application/ld+json"
_EU = "http://publications.europa.eu/resource/authority"
_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "dcatde": "http://dcat-ap.de/def/dcatde/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
# The list of licences that the convention asks for (K31) knows the EUPL by its kind alone.
_LISTED_LICENSE = "http://dcat-ap.de/def/licenses/other-opensource"
_FILES = (
    ("csv", "CSV", "text/csv", "Alle Kooperationen als CSV"),
    ("json", "JSON", "application/json", "Alle Kooperationen als JSON"),
)


def catalogue(base_url: str, version: str) -> dict[str, Any]:
    """Return the catalogue with its one data set.

    Parameters
    ----------
    base_url
        Address of the service, without a slash at the end.
    version
        That of the data: the date before its hash, separated by "+".
    """
    home = f"{base_url}/daten"
    publisher = {"@id": f"{base_url}/impressum", "@type": "foaf:Agent", "foaf:name": LAND.office}
    return {
        "@context": _CONTEXT,
        "@id": f"{home}/katalog.jsonld",
        "@type": "dcat:Catalog",
        "dct:title": _german("Offene Daten der IKZ-Partnersuche"),
        "dct:description": _german(DESCRIPTION),
        "dct:publisher": publisher,
        "dct:language": _reference(f"{_EU}/language/DEU", "dct:LinguisticSystem"),
        "foaf:homepage": _reference(home, "foaf:Document"),
        "dcat:dataset": _data_set(base_url, version, publisher),
    }


def _data_set(base_url: str, version: str, publisher: dict[str, Any]) -> dict[str, Any]:
    home, day = f"{base_url}/daten", version.partition("+")[0]
    place = "http://dcat-ap.de/def/politicalGeocoding"
    return {
        "@id": f"{home}#kooperationen",
        "@type": "dcat:Dataset",
        "dct:identifier": f"{home}#kooperationen",
        "dct:title": _german(f"Interkommunale Kooperationen in {LAND.name}"),
        "dct:description": _german(DESCRIPTION),
        "dct:publisher": publisher,
        "dct:modified": {"@value": day, "@type": "xsd:date"},
        "dct:language": _reference(f"{_EU}/language/DEU", "dct:LinguisticSystem"),
        "dct:accrualPeriodicity": _reference(f"{_EU}/frequency/IRREG", "dct:Frequency"),
        "dcat:theme": _concept(f"{_EU}/data-theme/GOVE", "Regierung und öffentlicher Sektor"),
        "dcat:keyword": [_german(word) for word in ("interkommunale Zusammenarbeit", "Kommunen")],
        "dcat:landingPage": _reference(home, "foaf:Document"),
        "dcat:version": version,
        "dcatde:politicalGeocodingLevelURI": _concept(f"{place}/Level/state", "Land"),
        "dct:spatial": _reference(f"{place}/stateKey/{LAND.prefix}", "dct:Location"),
        "dcat:distribution": [
            {
                "@id": f"{home}/kooperationen.{suffix}",
                "@type": "dcat:Distribution",
                "dct:title": _german(title),
                "dcat:accessURL": _reference(f"{home}/kooperationen.{suffix}", "rdfs:Resource"),
                "dcat:downloadURL": _reference(f"{home}/kooperationen.{suffix}", "rdfs:Resource"),
                "dct:format": _reference(f"{_EU}/file-type/{name}", "dct:MediaTypeOrExtent"),
                "dcat:mediaType": _reference(
                    f"https://www.iana.org/assignments/media-types/{media}", "dct:MediaType"
                ),
                "dct:license": _reference(_LISTED_LICENSE, "dct:LicenseDocument"),
                "dct:rights": _reference(LICENSE, "dct:RightsStatement"),
                "dcatde:licenseAttributionByText": _german("IKZ-Partnersuche"),
                "dct:modified": {"@value": day, "@type": "xsd:date"},
            }
            for suffix, name, media, title in _FILES
        ],
    }


def _german(text: str) -> dict[str, str]:
    return {"@value": text, "@language": "de"}


def _reference(address: str, kind: str) -> dict[str, str]:
    return {"@id": address, "@type": kind}


def _concept(address: str, label: str) -> dict[str, Any]:
    return _reference(address, "skos:Concept") | {"skos:prefLabel": _german(label)}
