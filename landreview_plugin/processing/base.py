# SPDX-License-Identifier: GPL-2.0-or-later
"""What all algorithms share: names, help, cancelling, and the border where errors become sentences.

Algorithm modules import ``core`` and ``sources`` only when they run: listing the algorithms must
neither cost time at QGIS's start nor fail when shapely or pydantic is missing.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from qgis.core import (
    Qgis,
    QgsMessageLog,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
)
from qgis.PyQt.QtGui import QIcon

from .. import environment
from ..i18n import language, translate

Parameters = dict[str, Any]
ICON = Path(__file__).resolve().parent.parent / "resources" / "icons" / "landreview.svg"


def any_file() -> str:
    """The filter of a file parameter that also takes ``path|layername=x`` and the id of a layer.

    QGIS's own default is "All files (*.*)", and refuses every value without a dot.
    """
    return translate("landreview", "All files (*)")


class FeedbackProgress:
    """``core.progress.Progress`` on a Processing feedback."""

    def __init__(self, feedback: QgsProcessingFeedback) -> None:
        self._feedback = feedback

    def step(self, done: float, message: str = "") -> None:
        """Move the bar; raise CancelledError when the user pressed Cancel."""
        from ..core.progress import CancelledError

        if self._feedback.isCanceled():
            raise CancelledError
        self._feedback.setProgress(100 * done)
        if message:
            self._feedback.setProgressText(message)


class LandReviewAlgorithm(QgsProcessingAlgorithm):
    """Base of every algorithm of the provider. A subclass gives the class variables and ``execute``."""

    NAME: ClassVar[str]
    GROUP: ClassVar[str] = "review"

    def title(self) -> str:
        """The name in the toolbox, translated."""
        raise NotImplementedError

    def help(self) -> str:
        """What it does, what it needs, what comes out, translated."""
        raise NotImplementedError

    def execute(
        self, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Do the work off the main thread; LandReviewError says what went wrong."""
        raise NotImplementedError

    def name(self) -> str:
        """The stable name that scripts use."""
        return self.NAME

    def displayName(self) -> str:  # noqa: N802 - QGIS's name
        """The name in the toolbox."""
        return self.title()

    def groupId(self) -> str:  # noqa: N802 - QGIS's name
        """The stable id of the group."""
        return self.GROUP

    def group(self) -> str:
        """The group in the toolbox."""
        groups = {
            "input": translate("landreview", "Hand-in"),
            "review": translate("landreview", "Review"),
            "conflict": translate("landreview", "Single conflicts"),
            "sync": translate("landreview", "Between offices"),
        }
        return groups[self.GROUP]

    def shortHelpString(self) -> str:  # noqa: N802 - QGIS's name
        """The help beside the parameters."""
        return self.help()

    def icon(self) -> QIcon:
        """The plugin's icon."""
        return QIcon(str(ICON))

    def createInstance(self) -> LandReviewAlgorithm:  # noqa: N802 - QGIS's name
        """A fresh copy, as QGIS asks for before each run."""
        return type(self)()

    def canExecute(self) -> tuple[bool, str]:  # noqa: N802 - QGIS's name
        """Refuse with a readable reason when a needed package is missing."""
        missing = [dependency.name for dependency in environment.missing()]
        if not missing:
            return True, ""
        text = translate("landreview", "Missing: {}. See Plugins ▸ LandReview ▸ Environment check, or run make doctor.")
        return False, text.format(", ".join(missing))

    def processAlgorithm(  # noqa: N802 - QGIS's name
        self, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Run, and turn every failure into one sentence: qgis_process then exits with 1, without a traceback."""
        runs, reason = self.canExecute()
        if not runs:
            raise QgsProcessingException(reason)
        return guarded(lambda: self.execute(parameters, context, feedback))


def guarded(work: Any) -> Any:
    """Call ``work`` at the border to QGIS: whatever it raises becomes a QgsProcessingException."""
    from ..core.model.problems import LandReviewError
    from ..core.progress import CancelledError
    from ..core.turns import short_turns

    try:
        with short_turns():
            return work()
    except QgsProcessingException:
        raise
    except CancelledError:
        raise QgsProcessingException(translate("landreview", "Cancelled: nothing was written.")) from None
    except LandReviewError as error:
        raise QgsProcessingException(sentence(error)) from None
    except OSError as error:
        raise QgsProcessingException(sentence(LandReviewError("E-ENV-WRITE", detail=str(error)))) from None
    except Exception as error:  # the border: a user never sees a traceback, the log does
        import traceback

        QgsMessageLog.logMessage(traceback.format_exc(), "LandReview", Qgis.MessageLevel.Critical)
        detail = f"{type(error).__name__}: {error}"
        raise QgsProcessingException(sentence(LandReviewError("E-ENV-UNEXPECTED", detail=detail))) from None


def sentence(error: Any) -> str:
    """A LandReviewError, with the problems it carries, in the language of QGIS."""
    from ..core.model.base import Language
    from ..core.texts import error_sentence, problem_sentence

    spoken = Language(language())
    lines = [error_sentence(error, spoken)]
    lines += [problem_sentence(problem, spoken) for problem in error.problems[:20]]
    if len(error.problems) > 20:
        lines.append(translate("landreview", "… and {} more").format(len(error.problems) - 20))
    return "\n".join(lines)
