"""The operator's addresses."""

from django.urls import path

from attune.doors.office import instruments

app_name = "office"
urlpatterns = [
    path("instruments/", instruments.instruments, name="instruments"),
    path("instruments/<str:key>/", instruments.instrument, name="instrument"),
    path("instruments/<str:key>/withdraw/", instruments.withdraw, name="withdraw"),
    path("instruments/<str:key>/wording-form.toml", instruments.wording_form, name="wording-form"),
]
