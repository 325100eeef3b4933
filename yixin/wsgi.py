import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yixin.settings")
application = get_wsgi_application()
gc.freeze()  # what is loaded by now stays: looking through it again and again costs a large import a third of its time
