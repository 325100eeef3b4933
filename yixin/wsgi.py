import os

from django.core.wsgi import get_wsgi_application

from yixin import memory

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yixin.settings")
application = get_wsgi_application()
memory.settle()
