import os

from django.core.wsgi import get_wsgi_application

from yixin import memory
from yixin.text import pinyin_reader

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yixin.settings")
application = get_wsgi_application()
pinyin_reader()  # now, and not while somebody waits
memory.settle()
