# SPDX-License-Identifier: GPL-2.0-or-later
"""``landreview:pullcases``: what other offices did comes in, over the line or from a stick."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
)

from ..i18n import translate
from .base import FeedbackProgress, Parameters
from .seal_parameters import declare_seal, unsealed, wished_seal
from .sync_base import SyncAlgorithm, spoken

if TYPE_CHECKING:
    from ..store.workspace import Workspace

_COUNTS = ("EVENT_COUNT", "CASE_COUNT", "RECEIPT_COUNT", "WAITING_COUNT", "FAILED_COUNT")


class PullCases(SyncAlgorithm):
    """From the centre, or a stick, into the store."""

    NAME = "pullcases"

    def title(self) -> str:
        """The name in the toolbox."""
        return translate("landreview", "Pull cases")

    def help(self) -> str:
        """The help beside the parameters."""
        return translate(
            "landreview",
            "Reads what happened to the office's cases at the centre and fetches the packages that are new: cases "
            "handed over to this office, cases returned with the corrections asked, decisions. With STICK the cases "
            "of a hand-over file are taken in and RECEIPTS is written for the sender; a STICK that is such a receipt "
            "file is entered. What does not verify is not taken over. Without a screen the sign-in needs "
            "QGIS_AUTH_PASSWORD_FILE.",
        )

    def initAlgorithm(self, configuration: Any = None) -> None:  # noqa: N802 - QGIS's name
        """Declare parameters and outputs."""
        self._declare_connection()
        label = translate("landreview", "Hand-over or receipt file (stick)")
        self.addParameter(QgsProcessingParameterFile("STICK", label, optional=True))
        self.addParameter(
            QgsProcessingParameterFileDestination(
                "RECEIPTS",
                translate("landreview", "Receipts for the sender"),
                "LandReview (*.lrreceipt)",
                optional=True,
                createByDefault=False,
            )
        )
        declare_seal(self, opens=True)
        for name in _COUNTS:
            self.addOutput(QgsProcessingOutputNumber(name, name))

    def _prepare_more(self, parameters: Parameters, context: QgsProcessingContext) -> None:
        wished = wished_seal(self, parameters, context)
        self._passphrase = wished.passphrase if wished else ""
        self._trusted = self.parameterAsString(parameters, "TRUSTED", context)

    def execute(
        self, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Read the feed and fetch, or take a stick."""
        from ..store.workspace import Workspace
        from ..sync.client import Centre

        stick = self.parameterAsString(parameters, "STICK", context)
        centre = None if stick else Centre(self._line())
        with Workspace(self._store_path(parameters, context)) as store:
            actor = self._actor(parameters, context, centre)
            if stick:
                receipts = self.parameterAsFileOutput(parameters, "RECEIPTS", context)
                outputs = self._taken(store, actor.office, Path(stick), receipts, feedback)
            else:
                outputs = self._pulled(store, centre, actor, feedback)
        if outputs["FAILED_COUNT"]:
            text = translate("landreview", "{} cases were refused; they are named above")
            raise QgsProcessingException(text.format(outputs["FAILED_COUNT"]))
        return dict.fromkeys(_COUNTS, 0) | outputs

    def _pulled(self, store: Workspace, centre: Any, actor: Any, feedback: QgsProcessingFeedback) -> dict[str, Any]:
        from ..sync.rounds import Syncer
        from ..sync.status import sentence

        done = Syncer(store, centre, actor).pull(FeedbackProgress(feedback))
        for arrival in done.not_fetched:
            feedback.pushWarning(f"{arrival.case_id}: {spoken(sentence(arrival.reason))}")
        return {
            "EVENT_COUNT": done.events,
            "CASE_COUNT": done.fetched,
            "WAITING_COUNT": len(done.not_fetched),
            "FAILED_COUNT": 0,
        }

    def _taken(
        self, store: Workspace, office: str, stick: Path, receipts: str, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        from ..sync.exchange import RECEIPTS_SUFFIX, enter_receipts, take
        from ..sync.stick import is_receipts

        target = Path(receipts) if receipts else stick.with_suffix(RECEIPTS_SUFFIX)
        with unsealed(stick, self._passphrase, self._trusted) as plain:
            if is_receipts(plain):
                return {"RECEIPT_COUNT": len(enter_receipts(store, plain)), "FAILED_COUNT": 0}
            answers = take(store, office, plain, target).answers
        for answer in answers:
            if answer.problem is not None:
                feedback.reportError(f"{answer.command}: {answer.problem.code} {spoken(answer.problem.message)}")
        taken = sum(answer.receipt is not None for answer in answers)
        return {"CASE_COUNT": taken, "FAILED_COUNT": len(answers) - taken, "RECEIPTS": str(target)}
