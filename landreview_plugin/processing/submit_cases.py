# SPDX-License-Identifier: GPL-2.0-or-later
"""``landreview:submitcases``: hand cases over to the office above, over the line or on a stick."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterString,
)

from ..i18n import translate
from .base import FeedbackProgress, Parameters
from .seal_parameters import declare_seal, sealed, wished_seal
from .sync_base import SyncAlgorithm, spoken

if TYPE_CHECKING:
    from ..store.jobs import Job
    from ..store.workspace import Workspace

_COUNTS = ("QUEUED_COUNT", "RECEIVED_COUNT", "WAITING_COUNT", "FAILED_COUNT")


class SubmitCases(SyncAlgorithm):
    """From the store to the outbox, and from there to the centre."""

    NAME = "submitcases"

    def title(self) -> str:
        """The name in the toolbox."""
        return translate("landreview", "Submit cases")

    def help(self) -> str:
        """The help beside the parameters."""
        return translate(
            "landreview",
            "Hands cases over to the office above: those of CASES (numbers, separated by commas), or all whose next "
            "step it is; what waits in the outbox goes along. With STICK they are written to a file instead; the "
            "receipt comes back as a file, too (Pull cases); SEAL encrypts and KEY signs it. "
            "A case counts as received only with its receipt. "
            "A line that fails is no failure: the cases wait, and the next run goes on where this one stopped. "
            "Without a screen the sign-in needs QGIS_AUTH_PASSWORD_FILE. The algorithm fails (exit code 1) when a "
            "case was refused; it says why.",
        )

    def initAlgorithm(self, configuration: Any = None) -> None:  # noqa: N802 - QGIS's name
        """Declare parameters and outputs."""
        self._declare_connection()
        add = self.addParameter
        add(QgsProcessingParameterString("CASES", translate("landreview", "Case numbers"), optional=True))
        add(QgsProcessingParameterString("TO", translate("landreview", "To office (default: above)"), optional=True))
        add(
            QgsProcessingParameterFileDestination(
                "STICK",
                translate("landreview", "Hand-over file (stick)"),
                "LandReview (*.lrstick)",
                optional=True,
                createByDefault=False,
            )
        )
        declare_seal(self, opens=False)
        for name in _COUNTS:
            self.addOutput(QgsProcessingOutputNumber(name, name))

    def _prepare_more(self, parameters: Parameters, context: QgsProcessingContext) -> None:
        self._seal = wished_seal(self, parameters, context)

    def execute(
        self, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Queue, then send or write."""
        from ..jobs.desk import Desk
        from ..store.workspace import Workspace
        from ..sync.client import Centre
        from .hand_over_job import submit_ready

        stick = self.parameterAsFileOutput(parameters, "STICK", context)
        centre = None if stick else Centre(self._line())
        numbers = [each.strip() for each in self.parameterAsString(parameters, "CASES", context).split(",")]
        with Workspace(self._store_path(parameters, context)) as store:
            actor = self._actor(parameters, context, centre)
            to = self.parameterAsString(parameters, "TO", context)
            jobs, refused = submit_ready(Desk(store, actor), [each for each in numbers if each], to)
            for each in refused:
                feedback.reportError(f"{each.number}: {spoken(each.reason)}")
            if stick:
                outputs = self._written(store, actor.office, Path(stick))
            else:
                outputs = self._sent(store, centre, actor, feedback)
        if refused or outputs["FAILED_COUNT"]:
            text = translate("landreview", "{} cases were refused; they are named above")
            raise QgsProcessingException(text.format(len(refused) + outputs["FAILED_COUNT"]))
        return outputs | {"QUEUED_COUNT": len(jobs)}

    def _written(self, store: Workspace, office: str, path: Path) -> dict[str, Any]:
        from ..sync.exchange import export

        jobs = [job for job in store.outbox.to_send() if job.on_a_stick]
        with sealed(path, self._seal) as plain:
            done = export(store, jobs, office, plain)
        return {"STICK": str(path), "RECEIVED_COUNT": 0, "WAITING_COUNT": len(done), "FAILED_COUNT": 0}

    def _sent(self, store: Workspace, centre: Any, actor: Any, feedback: QgsProcessingFeedback) -> dict[str, Any]:
        from ..sync.rounds import Syncer
        from ..sync.status import sentence

        done = Syncer(store, centre, actor).send(FeedbackProgress(feedback))

        def told(jobs: tuple[Job, ...], say: Any) -> int:
            for job in jobs:
                say(f"{store.case(job.case_id).number}: {spoken(sentence(job.reason))}")
            return len(jobs)

        return {
            "RECEIVED_COUNT": len(done.received),
            "WAITING_COUNT": told(done.waiting, feedback.pushWarning),
            "FAILED_COUNT": told(done.failed, feedback.reportError),
        }
