import os

SECRET_KEY = os.environ["DJANGO_SECRET_KEY"]
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "stays.urls"
INSTALLED_APPS = ["rest_framework"]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": os.environ.get("DB_HOST", "db"),
        "NAME": "stays",
        "USER": "stays",
        "PASSWORD": os.environ.get("DB_PASSWORD", ""),
    }
}
