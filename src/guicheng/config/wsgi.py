"""The site as a WSGI application, for any server."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guicheng.config.settings")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
