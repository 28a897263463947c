from django.core import signing
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
        limit = int(request.query_params.get("limit", 20))
        if "cursor" in request.query_params:
            sent_at, key = read(request.query_params["cursor"])
            after = Q(sent_at__lt=sent_at) | Q(id__lt=key)
            queryset = queryset.filter(after, sent_at__lte=sent_at)
        found = list(queryset[: limit + 1])
        self.next = None
        if len(found) > limit:
            last = found[limit - 1]
            cursor = signing.dumps([last.sent_at.isoformat(), last.id])
            url = request.build_absolute_uri()
            self.next = replace_query_param(url, "cursor", cursor)
        return found[:limit]

    def get_paginated_response(self, data):
        return Response({"results": data, "next": self.next})


def read(cursor):
    try:
        return signing.loads(cursor)
    except signing.BadSignature:
        raise ParseError("This cursor is none that the feed has given.")


class MessageFeed(generics.ListAPIView):
    serializer_class = MessageSerializer
    pagination_class = Feed

    def get_queryset(self):
        found = Message.objects.filter(recipient_id=self.kwargs["user"])
        return found.order_by("-sent_at", "-id")
