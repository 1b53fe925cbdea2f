"""Tomás's clients: one who came back, one without a phone, one through an interpreter, one who keeps somebody out …"""

from attune.commands.demo.story import Story, Told
from attune.commands.demo.telling import Reply
from attune_science.simulate import Rupture

CARMEN_NOW = Told(
    "Carmen",
    "she",
    8.9,
    wellbeing=(4, 6),
    asks=("phq-9", 4),
    burden=(13, -1.8),
    before={1: {"today": "I am back. It is not the same as last time."}, 11: {"today": "Sleeping alone in the house."}},
    after={2: {"keep": "I did not have to begin at the beginning."}, 12: {"step": "Ask Luisa to stay over on Friday."}},
)

DEV = Told(
    "Dev",
    "he",
    8.4,
    wellbeing=(4, 6),
    on_paper=True,
    before={12: {"today": "My pension papers."}, 40: {"today": "The allotment."}},
    after={11: {"more": "Writing it down for me."}, 39: {"keep": "I have somebody to sit with on Thursdays."}},
    replies={11: {"more": Reply("changed", "You take a page with you, in large letters.", "better")}},
)

ESRA = Told(
    "Esra",
    "she",
    8.8,
    wellbeing=(3, 6),
    interpreted=56,
    before={
        3: {"today": "The letter from the office."},
        28: {"today": "My daughter's school."},
        57: {"today": "I want to try without help with the form."},
    },
    after={
        9: {"more": "Looking at me when you speak, not at her."},
        30: {"keep": "Today I understood before she said it."},
    },
    replies={9: {"more": Reply("changed", "I speak to you, and the interpreter sits beside you.", "better")}},
)

FINN = Told(
    "Finn",
    "he",
    8.2,
    spread=0.6,
    wellbeing=(4, 6.5),
    before={2: {"unsaid": "I know somebody who works here."}, 24: {"today": "Being seen."}},
    after={
        3: {"keep": "That it is on the list, and nobody asked why."},
        31: {"step": "Go to the choir."},
        48: {"keep": "Second row, and I sang."},
    },
)

GRETA = Told(
    "Greta",
    "she",
    8.7,
    wellbeing=(5, 7),
    before={1: {"today": "Money."}, 9: {"today": "What we do with the evening that is free now."}},
    after={7: {"keep": "He asked me what I meant, and waited."}},
)
HENK = Told(
    "Henk",
    "he",
    8.4,
    wellbeing=(5, 7),
    before={4: {"today": "Whether there is a way that is not hers or mine."}},
    after={10: {"more": "The thing with the ten minutes each."}},
    replies={10: {"more": Reply("changed", "Each of you has ten minutes first, by turns.", "better")}},
)

IDRIS = Told(
    "Idris",
    "he",
    8.8,
    events=[Rupture(30, 2.6, lasts=2, stays=0.5)],
    wellbeing=(4, 5.5),
    before={16: {"today": "My brother's wedding."}, 34: {"today": "Work. Only work."}},
    after={
        15: {"more": "Asking what it is called where I come from."},
        30: {"hurt": "yes", "how": "leave", "less": "Questions about faith."},
        31: {"hurt": "small", "how": "leave"},
        36: {"keep": "You left it, as I asked."},
    },
    replies={
        15: {"more": Reply("changed", "I ask for your word for it, and write that one down.", "better")},
        30: {"less": Reply("changed", "I leave it, until you bring it up.", "better")},
    },
)

TOMAS = (
    Story([CARMEN_NOW], planned=15, day=0, hour=10, foretold=5),
    Story([DEV], planned=62, day=0, hour=14, foretold=5),
    Story([ESRA], planned=66, day=1, hour=10, foretold=5),
    Story([FINN], planned=52, day=2, hour=12, foretold=5),
    Story([GRETA, HENK], planned=14, day=3, hour=17, every=2, foretold=0),
    Story([IDRIS], planned=46, day=4, hour=9, foretold=5),
)
