from rest_framework.decorators import api_view
from rest_framework.response import Response


@api_view(["GET"])
def properties(request):
    return Response([{"id": 1, "title": "Quiet loft by the park"}])
