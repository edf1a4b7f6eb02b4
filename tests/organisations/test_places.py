"""The table of places."""

from django.core.management import call_command
from django.utils import translation

from organisations.models import Place
from organisations.services.places import load_places

BOXES = {
    "XK": (41.8, 43.3, 20.0, 21.9),
    "AL": (39.6, 42.7, 19.2, 21.1),
    "BG": (41.2, 44.3, 22.3, 28.7),
    "GE": (41.0, 43.6, 40.0, 46.8),
}


def test_every_database_has_the_places(db: None) -> None:
    counts = {
        country: Place.objects.filter(country=country, level="municipality").count()
        for country in BOXES
    }
    assert counts["XK"] == 38
    assert min(counts.values()) >= 15


def test_places_have_names_in_every_script_and_lie_in_their_country(db: None) -> None:
    for place in Place.objects.select_related("parent"):
        assert set(place.names) == {"en", "sq", "sr", "bg", "ka"}, place.code
        assert all("Ѐ" <= place.names[code][0] <= "ӿ" for code in ("sr", "bg")), place.code
        assert "ა" <= place.names["ka"][0] <= "ჰ", place.code
        south, north, west, east = BOXES[place.country]
        assert south <= place.latitude <= north, place.code
        assert west <= place.longitude <= east, place.code
        if place.level == "municipality":
            assert place.parent is not None
            assert place.parent.country == place.country


def test_name_follows_the_reader(db: None) -> None:
    place = Place.objects.get(code="xk-prishtine")
    names = {}
    for language in ("en", "sq", "sr", "bg", "ka", "sr-latn", "fr"):
        with translation.override(language):
            names[language] = str(place)
    assert names == {
        "en": "Prishtina",
        "sq": "Prishtinë",
        "sr": "Приштина",
        "bg": "Прищина",
        "ka": "პრიშტინა",
        "sr-latn": "Приштина",
        "fr": "Prishtina",
    }


def test_loading_again_mends_and_doubles_nothing(db: None) -> None:
    before = Place.objects.count()
    Place.objects.filter(code="xk-gjilan").update(names={"en": "Wrong"}, parent=None)
    Place.objects.filter(code="ge-mestia").delete()
    assert load_places() == before == Place.objects.count()
    place = Place.objects.get(code="xk-gjilan")
    assert place.names["sr"] == "Гњилане"
    assert place.parent is not None


def test_migrating_fills_the_table(db: None) -> None:
    Place.objects.exclude(parent=None).delete()
    call_command("migrate", verbosity=0)
    assert Place.objects.filter(code="bg-gabrovo").exists()
