"""`manage.py feed_texts`: the texts kept for the feeds, anew where they are out of date."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import ngettext

from activities.models import Activity
from activities.services.texts import rewrite_texts, texts_are_current


class Command(BaseCommand):
    """For the start: quick where nothing is to do."""

    help = "Writes the feeds' kept texts anew after the hub's address or their form has changed."

    def handle(self, *args: Any, **options: Any) -> None:
        """Look at one text; where it is out of date, write all of them."""
        if texts_are_current():
            return
        count = rewrite_texts(Activity.objects.all())
        said = ngettext("%(count)d text of the feeds was out of date and is written anew.",
                        "%(count)d texts of the feeds were out of date and are written anew.",
                        count)  # fmt: skip
        self.stdout.write(said % {"count": count})
