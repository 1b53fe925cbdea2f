"""The labels by which transcripts name a role, in the languages that we know of."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal, get_args

Role = Literal["therapist", "client", "other"]
ROLES: Final[tuple[Role, ...]] = get_args(Role)

# English and CHAT files, Spanish, French, Portuguese and Italian, German, Russian, Hindi, Arabic, Hebrew.
_THERAPIST = (
    "t th ther therapist therapists cotherapist psychotherapist psychologist counsellor counselor interviewer",
    "clinician practitioner provider inv investigator psychiatrist",
    "terapeuta psicoterapeuta psicólogo psicóloga consejero consejera orientador orientadora entrevistador",
    "thérapeute psychothérapeute psychologue conseiller conseillère psicologo psicologa conselheiro conselheira",
    "therapeut therapeutin psychotherapeut psychotherapeutin berater beraterin",
    "терапевт психолог",
    "चिकित्सक थेरेपिस्ट परामर्शदाता मनोवैज्ञानिक काउंसलर",
    "المعالج المعالجة معالج معالجة المرشد المرشدة مرشد مرشدة الأخصائي الأخصائية",
    "מטפל מטפלת",
)
_CLIENT = (
    "c cl client clients patient pt p par participant couple",
    "cliente paciente consultante usuario usuaria patiente paziente utente",
    "klient klientin patientin",
    "клиент клиентка пациент пациентка",
    "क्लाइंट मुवक्किल मरीज़ मरीज रोगी सेवार्थी",
    "العميل العميلة عميل عميلة المراجع المراجعة المسترشد المسترشدة المريض المريضة",
    "מטופל מטופלת לקוח לקוחה",
)

#: For each role that a label can tell, its labels in small letters.
LABELS: Final[Mapping[Role, frozenset[str]]] = MappingProxyType(
    {
        "therapist": frozenset(" ".join(_THERAPIST).split()),
        "client": frozenset(" ".join(_CLIENT).split()),
    }
)
