"""The engine of Docker labs: Dockerfiles and Compose files judged without a daemon."""
