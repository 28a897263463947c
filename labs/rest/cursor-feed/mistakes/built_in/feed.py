from inbox.models import Message
from rest_framework import generics, pagination, serializers
from rest_framework.response import Response


class MessageSerializer(serializers.ModelSerializer):
    class Meta:
        model = Message
        fields = ["id", "body", "sent_at"]


class Feed(pagination.CursorPagination):
    page_size = 20
    max_page_size = 50
    page_size_query_param = "limit"
    ordering = ("-sent_at", "-id")

    def get_paginated_response(self, data):
        return Response({"results": data, "next": self.get_next_link()})


class MessageFeed(generics.ListAPIView):
    serializer_class = MessageSerializer
    pagination_class = Feed

    def get_queryset(self):
        found = Message.objects.filter(recipient_id=self.kwargs["user"])
        return found.order_by("-sent_at", "-id")
