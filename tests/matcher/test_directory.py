from __future__ import annotations

import pytest

from data import Kind, LegalStatus
from matcher.directory import FIGURES, Directory


@pytest.fixture(scope="module")
def directory(dataset) -> Directory:
    return Directory.of(dataset)


def test_rows_are_those_of_the_arrays(directory, dataset):
    assert len(directory) == 430
    assert directory.keys == tuple(dataset.bodies.index)
    assert [body.row for body in directory] == list(range(430))
    assert directory.names == tuple(dataset.bodies["name"])


def test_a_body_knows_its_place_and_figures(directory):
    body = directory["05974008"]
    assert (body.name, body.address) == ("Bad Sassendorf", "Gemeinde Bad Sassendorf")
    assert (body.kind, body.legal_status) == (Kind.MUNICIPALITY, LegalStatus.SMALL)
    assert (body.district, body.district_name) == ("05974", "Kreis Soest")
    assert (body.government_region, body.landscape_association) == ("Arnsberg", "LWL")
    assert body.population == 12_194
    assert tuple(body.figures) == FIGURES
    assert body.figures["fiscal_status_level"] == 4


def test_what_is_not_known_is_none(directory):
    district = directory["05974"]
    assert (district.district, district.own_district) == (None, "05974")
    assert district.figures["fiscal_status"] is None
    assert directory["LVR"].ars is None
    assert directory["05111000"].own_district == "05111000"


def test_found_by_key_and_by_ars(directory):
    assert directory.find("059740008008") is directory["05974008"]
    assert directory.find("05974008") is directory["05974008"]
    assert directory.find("059740008009") is None
    assert "05974008" in directory
    assert directory.get(None) is None
    with pytest.raises(KeyError):
        directory["05999999"]


def test_a_body_that_is_gone_is_named_by_its_key(directory):
    assert directory.names_of(["05974", "05999999"]) == ["Kreis Soest", "05999999"]


def test_kinds_and_regions(directory):
    assert len(directory.municipalities) == 396
    assert len(directory.districts) == 31
    # Aachen has the rights of a kreisfreie Stadt within the Städteregion.
    assert len(directory.independent_cities) == 22 + 1
    assert [body.key for body in directory.associations] == ["LVR", "LWL", "RVR"]
    assert directory.government_regions == (
        "Arnsberg", "Detmold", "Düsseldorf", "Köln", "Münster",
    )  # fmt: skip
    assert [body.name for body in directory.district_level][:2] == ["Aachen", "Bielefeld"]


def test_members_of_a_kreis_by_name(directory):
    members = directory.members("05974")
    assert [body.name for body in members][:3] == ["Anröchte", "Bad Sassendorf", "Ense"]
    assert sum(body.population for body in members) == directory["05974"].population
    assert directory.members("05111000") == ()
