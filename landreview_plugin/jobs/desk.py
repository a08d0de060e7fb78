# SPDX-License-Identifier: GPL-2.0-or-later
"""What a person does with a case: take in, accept, enter a review, judge, conclude, pass on. No widgets.

Each of these is one change of the store with its entry in the log. Panel and sync call them.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from ..core.model.base import Model
from ..core.model.case_file import CaseFile, Pause, Transfer
from ..core.model.opinion import Judgement, Mark, Opinion, Role
from ..core.model.parcel import ParcelReading
from ..core.model.problems import LandReviewError
from ..core.model.result import ReviewResult
from ..core.workflow.calendar import Calendar, national_calendar
from ..core.workflow.clock import received_on
from ..core.workflow.offices import same_office
from ..core.workflow.opinion import refuse_unfounded
from ..core.workflow.stages import first_stage
from ..core.workflow.steps import Action, Step, next_step
from ..store.entries import Actor, ResultEntry, now
from ..store.workspace import Workspace
from .refusal import refuse

CHINA = dt.timezone(dt.timedelta(hours=8))


NO_REVIEW: Mapping[str, object] = {"verdict": None, "worst_severity": None, "result_digest": "", "passed": None}
"""A case whose parcels, answers or terms have changed since its review."""


class Cover(Model):
    """What the person fills in when a case is taken in."""

    business_type: str
    reference_date: dt.date
    number: str = ""
    """Empty: the next of county, type and year."""
    project: str = ""
    applicant: str = ""
    limit_workdays: int = 20


class Desk:
    """One person at one store."""

    def __init__(self, store: Workspace, actor: Actor, calendar: Calendar | None = None) -> None:
        self.store = store
        self.actor = actor
        self.calendar = calendar or national_calendar()

    def take_in(self, reading: ParcelReading, cover: Cover, source: Path | Sequence[Path] | None = None) -> CaseFile:
        """A new case from what was handed in, with its file or files.

        Raises the first error of a reading that refuses.
        """
        refuse(reading)
        files = _files(source)
        for path in files:  # the bytes first: a full disk refuses before there is a case
            self.store.blobs.put(path)
        case = CaseFile(
            id="",
            number=cover.number,
            project=cover.project,
            applicant=cover.applicant,
            business_type=cover.business_type,
            jurisdiction=self.actor.office,
            holder=self.actor.office,
            stage=first_stage().key,
            reference_date=cover.reference_date,
            limit_workdays=cover.limit_workdays,
        )
        made = self.store.new_case(case, reading, self.actor, _taken(reading))
        return self.attach(made, files) if files else made

    def correct(
        self,
        case: CaseFile,
        reading: ParcelReading,
        source: Path | Sequence[Path] | None = None,
        about: Mapping[str, object] | None = None,
    ) -> CaseFile:
        """A corrected hand-in: a new version; results of the one before count no more.

        ``about``: where it came from, for the log.
        """
        self._own(case)
        refuse(reading)
        body = _taken(reading) | dict(about or {})
        with self.store.change(case, "corrected", body, self.actor) as change:
            change.hand_in(reading)
            change.update(**NO_REVIEW)
            for path in _files(source):
                change.attach(path)
        return change.case

    def amend(self, case: CaseFile, cover: Cover) -> CaseFile:
        """Another cover. What is judged by (business type, reference date) makes the review count no more."""
        self._own(case)
        given = cover.model_dump(exclude={"number"})
        changed = {name: value for name, value in given.items() if value != getattr(case, name)}
        if not changed:
            return case
        body = {name: str(value) for name, value in changed.items()}
        with self.store.change(case, "amended", {"changes": body}, self.actor) as change:
            change.update(**changed)
            if changed.keys() & {"business_type", "reference_date"}:
                change.update(**NO_REVIEW)
        return change.case

    def attach(self, case: CaseFile, files: Sequence[Path], material: str = "") -> CaseFile:
        """Keep files with the case, for a material of its checklist or none."""
        self._own(case)
        with self.store.change(case, "attached", {"material": material}, self.actor) as change:
            for path in files:
                change.attach(path, material)
        return change.case

    def answer(self, case: CaseFile, answers: Mapping[str, str]) -> CaseFile:
        """Answer questions of the rule pack; an empty answer takes one back.

        A review that was made with other answers counts no more.
        """
        self._own(case)
        given = {question: answer for question, answer in (case.answers | dict(answers)).items() if answer}
        if given == case.answers:
            return case
        with self.store.change(case, "answered", {"answers": dict(answers)}, self.actor) as change:
            change.update(answers=given, **NO_REVIEW)
        return change.case

    def enter_review(self, case: CaseFile, result: ReviewResult, files: Mapping[str, Path]) -> CaseFile:
        """Keep a review with its files (by format; ``json`` must be there) as the one that counts."""
        self._own(case)
        return self.enter_kept(case, result, {name: self.store.blobs.put(path) for name, path in files.items()})

    def enter_kept(self, case: CaseFile, result: ReviewResult, hashes: Mapping[str, str]) -> CaseFile:
        """The same for files that the store keeps already, by their hashes."""
        self._own(case)
        stored = dict(hashes)
        entry = ResultEntry(
            version=case.version,
            digest=result.digest,
            verdict=result.verdict,
            made_at=now(),
            json_sha256=stored.pop("json"),
            gpkg_sha256=stored.pop("gpkg", ""),
            reports=stored,
        )
        body = {"digest": result.digest, "verdict": result.verdict.value, "version": case.version}
        with self.store.change(case, "reviewed", body, self.actor) as change:
            change.result(entry)
            change.update(verdict=result.verdict, worst_severity=result.worst_severity, result_digest=result.digest)
            if case.result_digest != result.digest:
                change.update(passed=None)
        return change.case

    def judge(
        self,
        case: CaseFile,
        finding: str | Sequence[str],
        mark: Mark,
        ground: str,
        *,
        role: Role,
        files: Sequence[Path] = (),
    ) -> CaseFile:
        """A person's judgement of one finding or of several alike, beside the machine's; files become attachments."""
        self._own(case)
        findings = (finding,) if isinstance(finding, str) else tuple(finding)
        named: dict[str, object] = {"finding": findings[0]} if len(findings) == 1 else {"findings": list(findings)}
        body = named | {"mark": mark.value, "ground": ground, "digest": case.result_digest}
        with self.store.change(case, "judged", body, self.actor) as change:
            hashes = tuple(change.attach(path).sha256 for path in files)
            for each in findings:
                change.judgement(
                    Judgement(
                        finding=each,
                        result_digest=case.result_digest,
                        mark=mark,
                        ground=ground,
                        attachments=hashes,
                        person=self.actor.person,
                        role=role,
                        at=now(),
                    )
                )
        return change.case

    def conclude(self, case: CaseFile, result: ReviewResult, conclusion: str, *, passes: bool, role: Role) -> CaseFile:
        """The opinion on a case. Raises E-CASE-PARAM when it passes on what may not be passed on."""
        self._own(case)
        opinion = Opinion(
            result_digest=result.digest,
            conclusion=conclusion,
            passes=passes,
            judgements=self.store.judgements(case.id, result.digest),
            person=self.actor.person,
            role=role,
            at=now(),
        )
        refuse_unfounded(result, opinion)
        body = {"conclusion": conclusion, "passes": passes, "digest": result.digest}
        with self.store.change(case, "concluded", body, self.actor) as change:
            change.opinion(opinion)
            change.update(passed=passes)
        return change.case

    def next_step(self, case: CaseFile, result: ReviewResult | None) -> Step:
        """The one next step, with what stands in its way."""
        judgements = self.store.judgements(case.id, result.digest) if result else ()
        opinions = self.store.opinions(case.id)
        return next_step(case, self.actor.office, result, judgements, opinions[-1] if opinions else None)

    def take_step(self, case: CaseFile, result: ReviewResult | None) -> CaseFile:
        """Accept, pass on, ask for a correction, resume or archive. Raises E-CASE-STEP with what is missing."""
        step = self.next_step(case, result)
        step.refuse_blocked()
        changes = self._changes(case, step)
        with self.store.change(case, step.action.value, {"from": case.stage, "to": step.target}, self.actor) as change:
            change.update(**changes)
        return change.case

    def _changes(self, case: CaseFile, step: Step) -> dict[str, object]:
        today = self.today()
        match step.action:
            case Action.ACCEPT:
                return {"stage": step.target, "accepted": today}
            case Action.FORWARD:
                return {"stage": step.target}
            case Action.CORRECT:
                return {"pauses": (*case.pauses, Pause(since=today, reason="correction"))}
            case Action.RESUME:
                ended = [p if p.until else p.model_copy(update={"until": today}) for p in case.pauses]
                return {"pauses": tuple(ended)}
            case Action.ARCHIVE:
                return {"archived": True}
            case _:
                raise LandReviewError("E-CASE-STEP", detail=step.label)

    def today(self) -> dt.date:
        """The day that counts for deadlines: what comes after closing time counts on the next working day."""
        return received_on(dt.datetime.now(CHINA).replace(tzinfo=None), self.calendar)

    def _own(self, case: CaseFile) -> None:
        if case.holder and self.actor.office and not same_office(case.holder, self.actor.office):
            raise LandReviewError("E-CASE-HOLDER", detail=case.holder)
        if case.transfer in {Transfer.QUEUED, Transfer.SENDING}:
            raise LandReviewError("E-SYNC-UNDERWAY", detail=case.number)


def _files(source: Path | Sequence[Path] | None) -> list[Path]:
    given = [source] if isinstance(source, Path) else list(source or ())
    return [path for path in given if path.is_file()]


def _taken(reading: ParcelReading) -> dict[str, object]:
    """For the log: how many parcels, and how often each repair was made in reading, by code."""
    repairs = Counter(problem.code for problem in reading.problems if problem.repair is not None)
    return {"parcels": len(reading.parcels)} | ({"repairs": dict(sorted(repairs.items()))} if repairs else {})
