"""What Nexus Stays keeps about its homes. Given: the lab is about how it is asked for."""

from django.db import models


class User(models.Model):
    name = models.CharField(max_length=80)

    class Meta:
        db_table = "user"


class Amenity(models.Model):
    name = models.CharField(max_length=40)

    class Meta:
        db_table = "amenity"


class Property(models.Model):
    title = models.CharField(max_length=120)
    city = models.CharField(max_length=40)
    host = models.ForeignKey(User, models.CASCADE, related_name="properties")
    amenities = models.ManyToManyField(Amenity)

    class Meta:
        db_table = "property"


class Booking(models.Model):
    property = models.ForeignKey(Property, models.CASCADE, related_name="bookings")
    start_date = models.DateField()
    end_date = models.DateField()
    status = models.CharField(max_length=10)

    class Meta:
        db_table = "booking"


class Review(models.Model):
    property = models.ForeignKey(Property, models.CASCADE, related_name="reviews")
    rating = models.PositiveSmallIntegerField()

    class Meta:
        db_table = "review"
