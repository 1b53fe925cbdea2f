"""Ola's clients: a steady climb, a confrontation mended, a withdrawal that no mark shows, a couple that parts …"""

from attune.commands.demo.story import Story, Told
from attune.commands.demo.telling import Reply
from attune_science.simulate import Rupture, Withdrawal

KAYA = Told(
    "Kaya",
    "she",
    8.3,
    wellbeing=(2.5, 7.5),
    asks=("phq-9", 4),
    burden=(19, -3.2),
    before={
        1: {"today": "I was told that I should come. Now I am here."},
        9: {"today": "The nights."},
        22: {"today": "Whether I can go back to work three days a week.", "step_outcome": "partly"},
        48: {"today": "My mother's birthday, and how not to cook for thirty."},
        71: {"step_outcome": "done", "step_told": "I said no to the extra shift. Nothing fell down."},
    },
    after={
        4: {"more": "Silence. You did not fill it."},
        21: {"step": "Write to my manager before Thursday."},
        37: {"keep": "That it was not laziness."},
        70: {"step": "Say no to the extra shift.", "keep": "We laughed today."},
    },
    replies={4: {"more": Reply("changed", "I leave it open, and do not explain it.", "better")}},
)

LEON = Told(
    "Leon",
    "he",
    8.6,
    events=[Rupture(21, 3.4, lasts=2)],
    wellbeing=(4, 6.5),
    before={
        2: {"today": "My son does not speak to me."},
        21: {"unsaid": "Last time you talked more than I did."},
        22: {"today": "What you said about fathers."},
        35: {"today": "He answered. Two words."},
    },
    after={
        10: {"more": "Saying what you think."},
        21: {"hurt": "yes", "how": "i_will", "less": "Telling me what fathers do. You do not know what I did."},
        22: {"hurt": "yes", "how": "bring_it_up", "less": "Explaining yourself."},
        23: {"keep": "You said: I did not ask, and I should have.", "hurt": "no"},
        40: {"keep": "I can be angry here and come again."},
    },
    replies={
        10: {"more": Reply("changed", "I say what I think once, and as mine.", "better")},
        21: {"less": Reply("changed", "I ask what you did, before I say anything about fathers.", "worse")},
        22: {"less": Reply("talk", "")},
    },
)

MIRA = Told(
    "Mira",
    "she",
    9.3,
    spread=0.35,
    events=[Withdrawal(18)],
    wellbeing=(5, 5),
    before={
        1: {"today": "My doctor thought that it would help."},
        6: {"today": "Being tired of being asked how I am."},
        12: {"today": "My father's visit in March."},
    },
    after={5: {"keep": "The walk home was quieter."}, 12: {"more": "Asking about my father."}},
    replies={12: {"more": Reply("changed", "I ask about him, and you say when it is enough.", "better")}},
)

NOOR = Told(
    "Noor",
    "she",
    8.4,
    wellbeing=(4, 6),
    before={
        1: {"today": "We do not talk any more, we only arrange things."},
        14: {"today": "How to tell the children."},
    },
    after={8: {"keep": "We both cried, and nobody left."}, 15: {"keep": "That we can still be decent."}},
)
OTIS = Told(
    "Otis",
    "he",
    7.6,
    events=[Rupture(11, 2.5, lasts=4, stays=0.5)],
    wellbeing=(5, 4.5),
    before={11: {"today": "I have something to say today."}},
    after={11: {"less": "Looking for what is left. I had said that I am leaving."}},
    replies={
        11: {
            "less": Reply(
                "kept",
                "You had said it, and I had heard. What stays I should still like to look at with you.",
                "all_right",
            )
        }
    },
)

PIA = Told(
    "Pia",
    "she",
    13.5,
    spread=0.3,
    wellbeing=(5, 7),
    before={
        3: {"today": "Whatever you think best."},
        40: {"today": "My sister says that I should be firmer with people. I do not know."},
    },
    after={
        27: {"hurt": "small", "how": "leave", "relative": "a_little_harder"},
        28: {"hurt": "no", "keep": "You asked what the small thing was. I had not thought that you would read it."},
        61: {"more": "Asking me twice."},
    },
    replies={61: {"more": Reply("changed", "I ask once more, when I am not sure that it was a yes.", "better")}},
)

QUINN = Told(
    "Quinn",
    "they",
    8.0,
    wellbeing=(4, 4),
    before={1: {"today": "I am not sure where to begin."}},
    after={1: {"keep": "I could say my name the way I say it."}},
    asks=("gad-7", 4),
    burden=(13, -1),
)

ROSA = Told(
    "Rosa",
    "she",
    9.0,
    wellbeing=(4, 8),
    asks=("gad-7", 4),
    burden=(15, -3.6),
    before={5: {"today": "Lifts."}, 17: {"step_outcome": "done", "step_told": "Eleven floors. I counted them."}},
    after={
        16: {"step": "Take the lift at the library."},
        23: {"keep": "That I did it, and you only waited downstairs."},
    },
)

SAMI = Told(
    "Sami",
    "he",
    7.8,
    spread=0.7,
    wellbeing=(3, 3.5),
    asks=("phq-9", 4),
    burden=(16.5, -0.3),
    danger=-2.3,
    before={
        8: {"today": "The same as always."},
        19: {"unsaid": "I sometimes wonder whether this does anything."},
        31: {"today": "Could we try something else?"},
    },
    after={18: {"less": "Going over the week."}, 30: {"more": "What you said about a second opinion."}},
    replies={
        18: {"less": Reply("changed", "We begin with what matters to you, and not with the week.", "better")},
        30: {"more": Reply("changed", "I wrote down whom you could ask, and we read it together.", "same")},
    },
)

OLA = (
    Story([KAYA], planned=80, day=0, hour=9),
    Story([LEON], planned=62, day=0, hour=11),
    Story([MIRA], planned=27, day=1, hour=10),
    Story([NOOR, OTIS], planned=18, day=1, hour=17, ended=38),
    Story([PIA], planned=90, day=2, hour=9, place="video"),
    Story([QUINN], planned=2, day=2, hour=14),
    Story([ROSA], planned=26, day=3, hour=10, ended=60),
    Story(
        [SAMI],
        planned=48,
        day=3,
        hour=15,
        every=2,
        answers=[
            (
                "Rang him the same evening. Thoughts that it would be easier not to wake up, no plan, nothing at hand. "
                "He rings his brother if it gets worse; we meet on Thursday."
            ),
            "Spoke at the beginning of the session. As before; his brother knows. Asked again at the end.",
        ],
    ),
)
