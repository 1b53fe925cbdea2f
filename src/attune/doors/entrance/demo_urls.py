"""One-click sign-in. Included only where a demo has been made; a clinic has no such addresses."""

from django.urls import path
from django.views.decorators.http import require_safe

from attune.doors.entrance import demo
from attune.pages.gallery import gallery

app_name = "demo"
urlpatterns = [
    path("", demo.cast, name="cast"),
    path("desk/", demo.sit_at_the_desk, name="desk"),
    path("office/", demo.sit_in_the_office, name="office"),
    path("own-pages/", demo.open_own_pages, name="own-pages"),
    path("check-in/<uuid:participant_id>/", demo.answer_as, name="check-in"),
    path("gallery/", require_safe(gallery), name="gallery"),
]
