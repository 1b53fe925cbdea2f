"""The made-up courses. Nobody in them exists; Amara's and Dana's are the examples of the clinical reading."""

from datetime import timedelta

from attune.commands.demo.telling import Course, Reply, Week, items, marks

#: After session 7 something went wrong: a sheet was brought out too soon.
AMARA = Course(
    weeks=[
        Week(
            marks(8, 8, 8, 9, 8, 8, 8, 8, hurt="no", next_form="eight"),
            {"wellbeing": "3"},
            marks(8, 8, 8, 8, 8, 8, 8, 8),
        ),
        Week(
            marks(8, 9, 8, 9, 8, 9, 8, 8, hurt="no"),
            {"wellbeing": "4", "today": "How to get through Sundays."},
            marks(8, 8, 8, 8, 8, 8, 8, 8),
        ),
        Week(
            marks(8, 9, 8, 8, 8, 9, 8, 8, relative="as_usual", hurt="no"),
            {"wellbeing": "4"},
            marks(8, 8, 8, 8, 8, 8, 8, 8),
        ),
        Week(
            marks(9, 9, 8, 9, 8, 9, 9, 8, relative="a_little_easier", hurt="no", more="Going slowly."),
            {"wellbeing": "5", "today": "The letter to my sister."},
            marks(8, 8, 9, 8, 8, 8, 8, 8),
            replies={"more": Reply("changed", "I wait until you have finished, and then a little longer.", "better")},
        ),
        Week(
            marks(8, 9, 9, 9, 8, 9, 8, 8, relative="as_usual", hurt="no"),
            {"wellbeing": "5"},
            marks(8, 9, 8, 8, 8, 8, 8, 8),
        ),
        Week(
            marks(8, 9, 9, 9, 8, 9, 8, 8, relative="as_usual", hurt="no", step="Ring my sister."),
            {"wellbeing": "5"},
            marks(8, 8, 8, 8, 8, 8, 8, 8),
        ),
        Week(
            marks(8, 6, 4, 9, 3, 9, 8, 5, relative="much_harder", hurt="yes", how="bring_it_up"),
            {"wellbeing": "4", "today": "My father."},
            marks(8, 8, 8, 8, 8, 8, 8, 8, open="7"),
        ),
    ],
    ahead={
        "wellbeing": "4",
        "unsaid": "Slower please. Something happened on Sunday with my father.",
        "today": "Then the sheet, but not first thing.",
        "step_outcome": "done",
        "step_told": "I rang my sister. Two minutes. I did it.",
    },
    ahead_at=timedelta(hours=-1, minutes=-50),
)

#: A quiet course: her marks lie close together, and that is her way of marking.
DANA = Course(
    weeks=[
        Week(
            marks(7, 8, 7, 7, 7, 8, 7, 7, hurt="no"),
            {"wellbeing": "5", "today": "Sleep."} | items("phq-9", "223221210"),
            marks(7, 7, 7, 7, 7, 7, 7, 7),
            asks=("phq-9", 4),
        ),
        Week(marks(7, 8, 7, hurt="no"), {"wellbeing": "5"}, marks(7, 7, 7)),
        Week(marks(7, 7, 8, relative="as_usual", hurt="no"), {"wellbeing": "6"}, marks(7, 8, 7)),
        Week(
            marks(7, 8, 8, 7, 7, 8, 8, 7, relative="as_usual", hurt="no"),
            {"wellbeing": "6"},
            marks(7, 8, 7, 7, 7, 8, 7, 7),
        ),
        Week(
            marks(8, 7, 7, relative="as_usual", hurt="no"),
            {"wellbeing": "6", "today": "The new flat."} | items("phq-9", "122221110"),
            marks(8, 7, 7),
        ),
        Week(marks(7, 8, 7, relative="as_usual", hurt="no"), {"wellbeing": "6"}, marks(7, 7, 7)),
        Week(marks(7, 7, 8, relative="as_usual", hurt="no"), {"wellbeing": "7"}, marks(7, 7, 7)),
        Week(
            marks(8, 7, 7, relative="a_little_easier", hurt="no", more="Examples."),
            {"wellbeing": "6"},
            marks(8, 7, 7),
            replies={
                "more": Reply("changed", "I bring one from another life than yours, and you say if it fits.", "same")
            },
        ),
        Week(
            marks(7, 8, 7, relative="as_usual", hurt="no"),
            {"wellbeing": "6"} | items("phq-9", "112111110"),
            marks(7, 8, 7),
        ),
        Week(marks(7, 7, 8, relative="as_usual", hurt="no"), {"wellbeing": "7"}, marks(7, 7, 8)),
        Week(marks(8, 7, 7, relative="as_usual", hurt="no"), {"wellbeing": "7"}, marks(7, 7, 7)),
        Week(
            marks(7, 8, 8, 8, 7, 8, 8, 7, relative="as_usual", hurt="no"),
            {"wellbeing": "7"},
            marks(7, 8, 7, 7, 7, 8, 7, 7),
        ),
        Week(
            marks(7, 8, 7, relative="as_usual", hurt="no", step="Not answer every call at once."),
            {"wellbeing": "7"} | items("phq-9", "111110100"),
            marks(7, 8, 7, open="8"),
        ),
    ],
    ahead={"wellbeing": "7", "step_outcome": "done", "step_told": "I let the phone ring."},
    place="video",
)

#: A couple: each answers alone, and no reading is made of the two.
FARAH = Course(
    weeks=[
        Week(marks(8, 9, 7, 8, 8, 8, 9, 8, hurt="no"), {"wellbeing": "5", "today": "The move."}),
        Week(marks(8, 7, 8, hurt="no"), {"wellbeing": "5"}),
        Week(marks(9, 8, 8, relative="as_usual", hurt="no"), {"wellbeing": "6"}),
    ],
    ahead={"wellbeing": "6", "today": "Can we finish what we began about the move."},
)
GIL = Course(
    weeks=[
        Week(marks(7, 8, 6, 8, 6, 8, 8, 7, hurt="no"), {"wellbeing": "6"}),
        Week(marks(7, 6, 6, hurt="no"), None),
        Week(marks(6, 6, 5, relative="a_little_harder", hurt="no"), {"wellbeing": "5"}),
    ],
    ahead={"wellbeing": "5"},
)

#: Only one session so far: nothing is read yet, and that is fine.
HANA = Course(
    weeks=[
        Week(
            marks(9, 9, 8, None, 7, 9, 8, None, hurt="rather_not"),
            {"wellbeing": "4", "today": "I do not know yet."},
            marks(8, 8, 7, 8, 7, 8, 8, 8),
        )
    ],
    ahead={"wellbeing": "4", "today": "Could you tell me how this works?"},
)

#: Always tens: only the relative line and the question about hurt can say that a day was harder.
INES = Course(
    weeks=[
        Week(
            marks(10, 10, 10, 10, 10, 10, 10, 10, hurt="no"),
            {"wellbeing": "7"} | items("gad-7", "1110101"),
            marks(9, 9, 9, 9, 9, 9, 9, 9),
            asks=("gad-7", 4),
        ),
        Week(marks(10, 10, 10, hurt="no"), {"wellbeing": "7"}, marks(9, 9, 9)),
        Week(marks(10, 10, 10, relative="as_usual", hurt="no"), {"wellbeing": "7"}, marks(9, 9, 9)),
        Week(
            marks(10, 10, 10, 10, 10, 10, 10, 10, relative="as_usual", hurt="no"),
            {"wellbeing": "6"},
            marks(9, 9, 9, 9, 9, 9, 9, 9),
        ),
        Week(
            marks(10, 10, 10, relative="a_little_harder", hurt="small", how="leave", keep="You waited."),
            {"wellbeing": "6"} | items("gad-7", "2221111", **{"again.gad-7": "less"}),
            marks(9, 9, 9),
        ),
    ],
    ahead={"wellbeing": "6"},
)

#: A questionnaire told of danger: a concern is open, and stands first.
JOMO = Course(
    weeks=[
        Week(marks(7, 7, 7, 7, 6, 8, 7, 7, hurt="no"), {"wellbeing": "3"}, marks(7, 7, 7, 7, 7, 7, 7, 7)),
        Week(marks(7, 7, 6, hurt="no"), {"wellbeing": "3"}, marks(7, 7, 7)),
        Week(marks(8, 7, 7, relative="as_usual", hurt="no"), {"wellbeing": "2"}, marks(7, 7, 7)),
    ],
    ahead={"wellbeing": "2", "today": "I am very tired."},
)
JOMO_PHQ9 = {f"item-{n}": value for n, value in enumerate("222312201", 1)}

#: What Ben wrote about himself after Amara's last sessions, the newest first.
BENS_NOTES = (
    {
        "intention": "Wait until she has finished.",
        "became": "partly",
        "words": "I explained before I had asked. I noticed when she looked at the window.",
        "moved": "hurry",
        "taken": "explained",
    },
    {"intention": "Say the plan for the hour aloud.", "became": "did", "words": "It was easier than I thought."},
)
#: What Ben wrote after their last session, what Amara answered, and what he told her of the session before that one.
HE_WROTE = (
    "I have read what you sent after our last session. That I hurried you with the sheets was mine. If you like, tell "
    "me how it was, here or when we meet. Nothing has to be answered."
)
SHE_WROTE = (
    "Thank you. They were suddenly on the table, and I thought I had missed something. I would rather talk about it "
    "than write."
)
SUMMARY = (
    "You told how quiet the house was on Sunday, and that you would like to hear your sister’s voice. We looked at "
    "what makes ringing her hard. You chose to try once, on a day that suits you. What we left open: the evening group."
)
