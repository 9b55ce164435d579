"""Random histories, states and targets: what Alembic and Retort are both asked about.

A document is {"revisions": {ID: {"parents": [ID...], "dependencies": [ID or LABEL...], "labels": [LABEL...]}...},
"states": [{"revisions": [ID...]}...], "questions": [{"command": COMMAND, "targets": [TARGET or null...],
"state": NUMBER, "rows": [ID...]}...]}. Revisions and states come in an order in which they can be applied; rows are a
state's revisions on which no other one of it follows or depends. A target is {"branch", "place", "steps"}, each maybe
empty; a history has two, its start and its end.
"""

STATES = 8
IDS = ("ae10{:02x}f7", "ae1{:02x}", "b{:02x}c5d", "202601{:02d}", "2026{:02d}", "{:02d}", "c{:d}", "v1.{:d}.0")
LABELS = ("billing", "bill", "stock", "api_v2", "ae10", "20260_x", "b1", "x")
UNKNOWN = ("ffffff", "nosuch", "zz", "bil")
CURRENT = {"branch": "", "place": "current", "steps": ""}


class RandomHistory:
    """Revisions in the order of their creation: whatever one follows or depends on comes before it."""

    def __init__(self, random, size):
        self.random = random
        self.revisions = {}
        self.labelled = {}
        for _ in range(size):
            revision = {"parents": self._parents(), "dependencies": self._dependencies(), "labels": self._labels()}
            id_ = self._new_id(revision["labels"])
            self.revisions[id_] = revision
            self.labelled.update(dict.fromkeys(revision["labels"], id_))

    def any(self):
        return self.random.choice(list(self.revisions))

    def closure(self, ids):
        """These, and all that they follow or depend on."""
        found = set()
        open_ = list(ids)
        while open_:
            id_ = open_.pop()
            if id_ not in found:
                found.add(id_)
                open_ += self._needs(id_)
        return found

    def tips(self, ids):
        """The members that no other one follows or depends on."""
        return sorted(set(ids).difference(*map(self._needs, ids)))

    def line(self, id_):
        """A revision with its ancestors and descendants, by parents."""

        def ancestors(start):
            return {start}.union(*map(ancestors, self.revisions[start]["parents"]))

        return [other for other in self.revisions if other in ancestors(id_) or id_ in ancestors(other)]

    def state(self):
        count = self.random.choice((0, 1, 1, 2, 2, 3, len(self.revisions)))
        members = self.closure(self.random.sample(list(self.revisions), min(count, len(self.revisions))))
        return [id_ for id_ in self.revisions if id_ in members]

    def _needs(self, id_):
        revision = self.revisions[id_]
        return revision["parents"] + [self.labelled.get(name, name) for name in revision["dependencies"]]

    def _parents(self):
        if not self.revisions or self.random.random() < 0.12:
            return []
        count = self.random.choices((1, 2, 3), (70, 25, 5))[0]
        heads = set(self.revisions).difference(*(revision["parents"] for revision in self.revisions.values()))
        pool = sorted(heads) if self.random.random() < 0.6 else list(self.revisions)
        return self.random.sample(pool, min(count, len(pool)))

    def _dependencies(self):
        if not self.revisions or self.random.random() < 0.75:
            return []
        ids = self.random.sample(list(self.revisions), min(self.random.choice((1, 1, 2)), len(self.revisions)))
        return [self.random.choice([id_] + self.revisions[id_]["labels"]) for id_ in ids]

    def _labels(self):
        free = [label for label in LABELS if label not in self.labelled and label not in self.revisions]
        return self.random.sample(free, min(self.random.choices((0, 1, 2), (80, 15, 5))[0], len(free)))

    def _new_id(self, labels):
        while True:
            id_ = self.random.choice(IDS).format(self.random.randint(1, 30))
            if id_ not in self.revisions and id_ not in self.labelled and id_ not in labels:
                return id_


class RandomTargets:
    """Targets of the whole grammar. Some name nothing, or are of no form at all."""

    def __init__(self, random, history):
        self.random = random
        self.history = history

    def question(self, state):
        """A command, and its targets."""
        command = self.random.choices(("upgrade", "downgrade", "stamp", "history"), (35, 35, 20, 10))[0]
        if command == "history":
            return command, [self._start(), self._end()]
        missing = [id_ for id_ in self.history.revisions if id_ not in state]
        preferred = state if command == "downgrade" else missing or state
        several = command != "downgrade" and self._happens(0.08)
        share_of_steps = 0.1 if several or command == "stamp" else 0.45
        sign = "+" if command == "upgrade" else "-"
        return command, [self._target(preferred, share_of_steps, sign) for _ in range(2 if several else 1)]

    def _happens(self, share):
        return self.random.random() < share

    def _start(self):
        """Without a branch, and without steps, which Alembic counts from the end."""
        return self._range_end({"branch": "", "steps": ""})

    def _end(self):
        return self._range_end({"steps": ""})

    def _range_end(self, parts):
        if self._happens(0.3):
            return None
        target = CURRENT if self._happens(0.15) else self._target(list(self.history.revisions), 0, "+")
        return {**target, **parts}

    def _target(self, preferred, share_of_steps, sign):
        """`preferred` revisions are named more often than others, steps in the direction of the sign as well."""
        branch = self._branch() if self._happens(0.35) else ""
        if branch and self._happens(0.6):
            id_ = self.history.labelled.get(branch, branch)
            line = self.history.line(id_) if id_ in self.history.revisions else []
            preferred = [id_ for id_ in preferred if id_ in line] or line or preferred
        has_steps = self._happens(share_of_steps)
        place = "" if has_steps and self._happens(0.5) else self._place(preferred)
        towards = {"": sign, "head": "-", "heads": "-", "base": "+"}.get(place, "")
        return {"branch": branch, "place": place, "steps": self._steps(towards) if has_steps else ""}

    def _branch(self):
        kind = self.random.random()
        if kind < 0.45 and self.history.labelled:
            return self.random.choice(list(self.history.labelled))
        if kind < 0.9:
            return self.history.any()
        return self._part_of(self.history.any()) if kind < 0.96 else self.random.choice(UNKNOWN)

    def _steps(self, sign):
        count = str(self.random.choices((1, 2, 3, 4, 0), (50, 25, 12, 8, 5))[0])
        if not sign or self._happens(0.1):
            sign = self.random.choice("+-")
        return sign + ("0" if self._happens(0.03) else "") + count + ("junk" if self._happens(0.03) else "")

    def _place(self, preferred):
        kind = self.random.random()
        if kind < 0.25:
            return self.random.choice(("head", "heads", "base"))
        if kind < 0.37 and self.history.labelled:
            return self.random.choice(list(self.history.labelled))
        if kind < 0.39:
            return self.random.choice(UNKNOWN)
        id_ = self.random.choice(list(preferred)) if preferred and self._happens(0.75) else self.history.any()
        return id_ if self._happens(0.8) else self._part_of(id_)

    def _part_of(self, id_):
        name = self.random.choice([id_] * 4 + list(self.history.labelled))
        return name[: self.random.randint(min(2, len(name)), len(name))]


def random_document(random, questions):
    history = RandomHistory(random, random.randint(1, 13))
    targets = RandomTargets(random, history)
    states = [history.state() for _ in range(STATES)]
    document = {"revisions": history.revisions, "states": [{"revisions": state} for state in states], "questions": []}
    for _ in range(questions):
        number = random.randrange(STATES)
        rows = history.tips(states[number])
        random.shuffle(rows)
        command, question_targets = targets.question(states[number])
        document["questions"].append({"command": command, "targets": question_targets, "state": number, "rows": rows})
    return document
