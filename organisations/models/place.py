"""Places: countries, regions, municipalities, with names in every language of the hub."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """How far down in the tree a place lies."""

    COUNTRY = "country", _("country")
    REGION = "region", _("region")
    MUNICIPALITY = "municipality", _("municipality")
    SETTLEMENT = "settlement", _("settlement")


class Place(models.Model):
    """A place that organisations and activities name.

    `code` is stable and readable (`xk-gjilan`); `names` maps language codes to the name in
    that language and script, `en` always being there.  The point is WGS 84.
    """

    Level = Level

    code = models.SlugField(_("code"), max_length=40, unique=True)
    country = models.CharField(_("country"), max_length=2, help_text=_("ISO 3166, XK for Kosovo"))
    level = models.CharField(_("level"), max_length=20, choices=Level.choices)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts"
    )
    names = models.JSONField(_("names"), default=dict)
    folded = models.TextField(_("all names as search compares them"), blank=True, editable=False)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["country", "level", "code"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language, else the English one."""
        language = (get_language() or "en").partition("-")[0]
        return str(self.names.get(language) or self.names.get("en") or self.code)
