from django.http import JsonResponse
from homes.models import Property
from serializers import property_json


def property_list(request):
    city, day = request.GET["city"], request.GET["from"]
    found = Property.objects.filter(city=city).order_by("id")
    return JsonResponse({"results": [property_json(each, day) for each in found]})
