"""Ben's clients beside the standing six: two years of work, and work that has ended."""

from attune.commands.demo.story import Story, Told
from attune.commands.demo.telling import Reply
from attune_science.simulate import Rupture

CARMEN_THEN = Told(
    "Carmen",
    "she",
    8.6,
    wellbeing=(3, 7),
    asks=("phq-9", 4),
    burden=(18, -4),
    before={
        1: {"today": "I cannot stop working."},
        13: {"step_outcome": "done", "step_told": "Two hours by the river, telephone off."},
    },
    after={12: {"step": "An afternoon without the telephone."}, 19: {"keep": "That I may come back."}},
)

LIOR = Told(
    "Lior",
    "they",
    8.7,
    wellbeing=(4, 7),
    before={
        10: {"today": "How it will be while you are away."},
        15: {"today": "It was strange with somebody else. And fine."},
    },
    after={9: {"more": "Telling me early."}, 20: {"keep": "That endings can be planned."}},
    replies={9: {"more": Reply("changed", "You hear of a break as soon as I know of it.", "better")}},
)

MALIK = Told(
    "Malik",
    "he",
    8.1,
    events=[Rupture(34, 2.2)],
    wellbeing=(3, 7),
    asks=("phq-9", 8),
    burden=(17, -2.6),
    before={
        1: {"today": "I do not talk much."},
        34: {"today": "My discharge papers."},
        67: {"step_outcome": "partly", "step_told": "I sat in the back, near the door. I stayed for half."},
        88: {"today": "Coming every second week."},
    },
    after={
        5: {"more": "Standing at the window while we talk."},
        34: {"hurt": "small", "how": "all_right", "less": "Closing the door so quickly."},
        66: {"step": "The meeting on Saturday."},
        87: {"keep": "I talk now."},
    },
    replies={
        5: {"more": Reply("changed", "We stand whenever you like; I stand with you.", "better")},
        34: {"less": Reply("changed", "The door stays ajar until you close it.", "better")},
    },
)

NADIA = Told(
    "Nadia",
    "she",
    9.1,
    wellbeing=(4, 8),
    asks=("gad-7", 4),
    burden=(14, -3),
    before={6: {"today": "Everything at once."}, 40: {"today": "How we end this."}},
    after={22: {"keep": "A list of three, not thirty."}, 44: {"keep": "I know what I would do if it came again."}},
)

BEN = (
    Story([CARMEN_THEN], planned=22, day=2, hour=17, ended=70, foretold=1),
    Story([LIOR], planned=24, day=3, hour=9, ended=45, foretold=1),
    Story([MALIK], planned=98, day=4, hour=11, foretold=3),
    Story([NADIA], planned=48, day=0, hour=15, ended=4, foretold=3),
)
