"""How far each person has read, and what they follow."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forums.models.topic import Topic


class LastRead(models.Model):
    """The last post of a topic that a person has had on their screen."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="readings")
    number = models.PositiveIntegerField(_("number of the post"), default=0)
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("reading mark")
        verbose_name_plural = _("reading marks")
        constraints = [models.UniqueConstraint(fields=["person", "topic"], name="one_reading_mark")]

    def __str__(self) -> str:
        return f"{self.person}: {self.topic} #{self.number}"


class Follow(models.Model):
    """A person wants to hear of a topic.  Whoever writes in it follows it from then on."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="followed_topics"
    )
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="follows")
    active = models.BooleanField(_("follows"), default=True)
    since = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        verbose_name = _("follow")
        verbose_name_plural = _("follows")
        constraints = [models.UniqueConstraint(fields=["person", "topic"], name="one_follow")]
        indexes = [models.Index(fields=["topic", "active"])]

    def __str__(self) -> str:
        return f"{self.person}: {self.topic}"
