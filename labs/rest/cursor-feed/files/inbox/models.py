"""The messages of Nexus Stays. Given: the index is there, the lab is about using it."""

from django.db import models


class Message(models.Model):
    recipient_id = models.PositiveIntegerField()
    body = models.CharField(max_length=200)
    sent_at = models.DateTimeField()

    class Meta:
        db_table = "message"
        indexes = [
            models.Index(fields=["recipient_id", "-sent_at", "-id"], name="message_feed"),
        ]
