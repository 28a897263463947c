import base64
import json
from datetime import datetime

from django.db.models import Q
from inbox.models import Message
from rest_framework import generics, pagination, serializers
from rest_framework.exceptions import ParseError
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param


class MessageSerializer(serializers.ModelSerializer):
    class Meta:
        model = Message
        fields = ["id", "body", "sent_at"]


class Feed(pagination.LimitOffsetPagination):
    default_limit = 20
    max_limit = 50

    def paginate_queryset(self, queryset, request, view=None):
        limit = self.get_limit(request)
        self.next = None
        if "cursor" in request.query_params:
            try:
                text = base64.b64decode(request.query_params["cursor"], validate=True)
                sent_at, key = json.loads(text)
                sent_at, key = datetime.fromisoformat(sent_at), int(key)
            except (ValueError, TypeError):
                raise ParseError("This cursor cannot be read.") from None
            queryset = queryset.filter(Q(sent_at__lt=sent_at) | Q(id__lt=key), sent_at__lte=sent_at)
        found = list(queryset[:limit + 1])
        if len(found) > limit:
            last = found[limit - 1]
            place = json.dumps([last.sent_at.isoformat(), last.id])
            cursor = base64.b64encode(place.encode()).decode()
            self.next = replace_query_param(request.build_absolute_uri(), "cursor", cursor)
        return found[:limit]

    def get_paginated_response(self, data):
        return Response({"results": data, "next": self.next})


class MessageFeed(generics.ListAPIView):
    serializer_class = MessageSerializer
    pagination_class = Feed

    def get_queryset(self):
        found = Message.objects.filter(recipient_id=self.kwargs["user"])
        return found.order_by("-sent_at", "-id")
