"""Asks Alembic about histories.

    ask_alembic.py FOLDER SEED HISTORIES QUESTIONS    random histories, with so many questions each
    ask_alembic.py FOLDER < FILE                      the histories of the file, one on a line

The Nth history is written in both forms, to FOLDER/N/versions and FOLDER/N/sql, and printed as one line: a JSON
document as random_questions.py describes it, in which each question also has Alembic's "answer", or the class of its
"error" and the "message".
"""

import json
import os
import random
import sys
import warnings

from alembic.runtime.migration import HeadMaintainer, RevisionStep
from alembic.script import ScriptDirectory

from random_questions import random_document


class Recorder:
    """Stands for the connection to a database: whatever is done with it leads nowhere."""

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __call__(self, *arguments, **options):
        return self


class Scripts(ScriptDirectory):
    """Without an accident: heads come in the order of their ids, not in that of the folder's files."""

    def _load_revisions(self):
        return sorted(super()._load_revisions(), key=lambda script: script.revision)


def written(target):
    text = target["place"] + target["steps"]
    return target["branch"] + "@" + text if target["branch"] else text


def python_of(id_, revision):
    return (
        f'"""{id_}"""\n'
        f"revision = {id_!r}\n"
        f"down_revision = {tuple(revision['parents']) or None!r}\n"
        f"branch_labels = {tuple(revision['labels']) or None!r}\n"
        f"depends_on = {tuple(revision['dependencies']) or None!r}\n"
        "def upgrade(): pass\n"
        "def downgrade(): pass\n"
    )


def sql_of(id_, revision):
    lines = [f"-- {id_}", "-- Revises: " + (", ".join(revision["parents"]) or "base")]
    if revision["dependencies"]:
        lines.append("-- Depends-On: " + ", ".join(revision["dependencies"]))
    if revision["labels"]:
        lines.append("-- Branch: " + ", ".join(revision["labels"]))
    return "\n".join(lines + ["-- migrate:up", "-- migrate:down", ""])


def write(folder, revisions):
    for name, suffix, text_of in (("versions", "py", python_of), ("sql", "sql", sql_of)):
        os.makedirs(os.path.join(folder, name))
        for id_, revision in revisions.items():
            with open(os.path.join(folder, name, f"{id_}_step.{suffix}"), "w", encoding="ascii") as file:
                file.write(text_of(id_, revision))


class Asked:
    """Alembic with the files of one history."""

    def __init__(self, folder):
        self.scripts = Scripts(folder)

    def rows(self, state):
        """The version table after revisions were applied one by one; None when Alembic fails to write it."""
        maintainer = HeadMaintainer(Recorder(), ())
        try:
            for id_ in state:
                script = self.scripts.get_revision(id_)
                maintainer.update_to_step(RevisionStep(self.scripts.revision_map, script, True))
        except KeyError:
            return None
        return sorted(maintainer.heads)

    def answer(self, question):
        try:
            answer = getattr(self, question["command"])(question["targets"], tuple(question["rows"]))
            return {**question, "answer": answer}
        except Exception as error:  # of any class: Alembic does not mean all of them
            return {**question, "error": type(error).__name__, "message": str(error)}

    def upgrade(self, targets, rows):
        texts = tuple(written(target) for target in targets)
        steps = self.scripts._upgrade_revs(texts[0] if len(texts) == 1 else texts, rows)
        return [step.revision.revision for step in steps]

    def downgrade(self, targets, rows):
        return [step.revision.revision for step in self.scripts._downgrade_revs(written(targets[0]), rows)]

    def stamp(self, targets, rows):
        """The version table that is left."""
        maintainer = HeadMaintainer(Recorder(), rows)
        for step in self.scripts._stamp_revs(tuple(written(target) for target in targets), rows):
            maintainer.update_to_step(step)
        return sorted(maintainer.heads)

    def history(self, targets, rows):
        start, end = (written(target) if target else None for target in targets)
        if end == "current":
            end = rows
        elif start == "current":
            start = rows
        return [script.revision for script in self.scripts.walk_revisions(start or "base", end or "heads")]

    def show(self, targets, rows):
        return [script.revision for script in self.scripts.get_revisions(written(targets[0]))]


def answered(folder, document):
    write(folder, document["revisions"])
    asked = Asked(folder)
    questions = document["questions"]
    for state in document["states"]:
        state["recorded"] = asked.rows(state["revisions"])
    return {**document, "questions": [asked.answer(question) for question in questions]}


def documents(arguments):
    if not arguments:
        yield from map(json.loads, sys.stdin)
        return
    seed, histories, questions = map(int, arguments)
    source = random.Random(seed)
    for _ in range(histories):
        yield random_document(source, questions)


def main():
    sys.dont_write_bytecode = True
    warnings.simplefilter("ignore")
    for number, document in enumerate(documents(sys.argv[2:])):
        print(json.dumps(answered(os.path.join(sys.argv[1], str(number)), document)), flush=True)


main()
