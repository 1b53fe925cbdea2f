"""Mei's clients: a family, a concern that was answered, a slow erosion, somebody who asks to be asked less …"""

from attune.commands.demo.story import Story, Told
from attune.commands.demo.telling import Reply
from attune_science.simulate import Erosion, Rupture

TOVA = Told(
    "Tova",
    "she",
    8.6,
    wellbeing=(4, 6.5),
    before={1: {"today": "That we can sit in one room."}, 12: {"today": "The house, and who lives in it."}},
    after={6: {"keep": "Uri said thank you. I had not heard that in a year."}},
)
URI = Told(
    "Uri",
    "he",
    7.9,
    events=[Rupture(9, 2.4)],
    wellbeing=(5, 6),
    before={10: {"today": "Nothing from me."}},
    after={9: {"less": "Asking me first every time."}, 15: {"keep": "I was not the topic today."}},
    replies={9: {"less": Reply("changed", "I begin with somebody else each time.", "better")}},
)
VERA = Told(
    "Vera",
    "she",
    8.9,
    wellbeing=(5, 6.5),
    after={4: {"more": "Letting people finish."}, 18: {"step": "Cook on Sunday, and leave at eight."}},
    replies={4: {"more": Reply("changed", "Whoever speaks is let finish; I hold up my hand.", "better")}},
)

WANDA = Told(
    "Wanda",
    "she",
    8.8,
    wellbeing=(2.5, 6),
    asks=("phq-9", 4),
    burden=(21, -3.4),
    danger=-0.9,
    before={
        9: {"today": "I do not want to be alone on Sunday."},
        14: {"today": "The plan for bad evenings: I used it."},
        33: {"today": "Going to my cousin for a week."},
    },
    after={9: {"keep": "That you rang."}, 13: {"step": "Put the list on the fridge."}, 30: {"keep": "Eight weeks."}},
)

XAVI = Told(
    "Xavi",
    "he",
    9.0,
    spread=0.4,
    events=[Erosion(41, step=0.35, sessions=10)],
    wellbeing=(4, 5.5),
    before={
        7: {"today": "My thesis."},
        30: {"today": "I handed it in."},
        45: {"today": "I do not know what we are doing now."},
    },
    after={29: {"keep": "You remembered the date."}, 43: {"less": "Goals."}, 46: {"relative": "a_little_harder"}},
    replies={
        43: {"less": Reply("kept", "They are what you came with. We can change them, and should not lose them unseen.")}
    },
)

YARA = Told(
    "Yara",
    "she",
    8.7,
    wellbeing=(4.5, 7),
    asks=("gad-7", 4),
    burden=(14, -2.4),
    asked_less=9,
    before={20: {"today": "The exam."}, 36: {"step_outcome": "changed", "step_told": "I rang instead of writing."}},
    after={
        3: {"less": "Questionnaires, please."},
        21: {"keep": "I passed, and I told you first."},
        35: {"step": "Write to the landlord."},
    },
    replies={3: {"less": Reply("talk", "Let us see which of them is of any use to you.")}},
)

ZENO = Told(
    "Zeno",
    "he",
    7.4,
    spread=1.3,
    always_eight=True,
    wellbeing=(4, 6),
    before={15: {"today": "Sleep. Again."}, 52: {"today": "A dream that I wrote down."}},
    after={1: {"next_form": "eight"}, 33: {"more": "The long form suits me. I think while I fill it in."}},
    replies={33: {"more": Reply("changed", "You get the long one each time.", "better")}},
)

AIKO = Told(
    "Aiko",
    "she",
    7.2,
    wellbeing=(4, 4.5),
    before={1: {"today": "I have an hour on Wednesdays until summer."}},
    after={3: {"less": "Talking about my childhood."}, 4: {"keep": "I think I know what I have to do."}},
    replies={3: {"less": Reply("changed", "We stay with this year, unless you go back yourself.", "better")}},
)

BRUNO = Told(
    "Bruno",
    "he",
    8.5,
    wellbeing=(3.5, 7),
    asks=("gad-7", 4),
    burden=(17, -3.3),
    before={
        4: {"today": "Driving."},
        26: {"step_outcome": "done", "step_told": "The bridge, at noon, with the radio on."},
        50: {"today": "What comes after this."},
    },
    after={
        12: {"more": "Going out of the room together."},
        25: {"step": "Drive over the bridge once."},
        44: {"keep": "Bored on the motorway. Bored!"},
    },
    replies={12: {"more": Reply("changed", "Every second time we walk.", "better")}},
)

MEI = (
    Story([TOVA, URI, VERA], planned=22, day=0, hour=17, every=2, foretold=0),
    Story(
        [WANDA],
        planned=48,
        day=1,
        hour=9,
        foretold=6,
        answers=[
            (
                "Rang her at once. She is at her sister's until Monday; no means at hand. Plan for bad evenings "
                "written together, her sister has a copy. Spoke with her doctor, as agreed with her."
            ),
            "Asked directly in the session: thoughts yes, intent no. Went through the plan; she added two names.",
            "Asked. Passing thoughts, none this week since Tuesday. Next look in a week.",
            "Asked. She says that she ticked it for two weeks ago. Believed, and asked again at the end.",
            "Asked. No thoughts since the last form; she answered out of habit, she says. Noted.",
        ],
    ),
    Story([XAVI], planned=52, day=1, hour=14, foretold=6),
    Story([YARA], planned=52, day=2, hour=11, foretold=6),
    Story([ZENO], planned=78, day=3, hour=9, foretold=6),
    Story([AIKO], planned=4, day=2, hour=16, ended=21, foretold=6),
    Story([BRUNO], planned=64, day=4, hour=10, foretold=6),
)
