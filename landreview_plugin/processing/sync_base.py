# SPDX-License-Identifier: GPL-2.0-or-later
"""What the algorithms between offices share: store, centre, who one is. Empty parameters: as in the settings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterAuthConfig,
    QgsProcessingParameterFile,
    QgsProcessingParameterString,
)

from .. import settings
from ..i18n import language, translate
from .base import LandReviewAlgorithm, Parameters

if TYPE_CHECKING:
    from ..core.model.base import Text
    from ..project.access import Access
    from ..store.entries import Actor
    from ..sync.client import Centre
    from ..sync.http import Line


class SyncAlgorithm(LandReviewAlgorithm):
    """Base of the algorithms between offices."""

    GROUP: ClassVar[str] = "sync"
    _access: Access | None = None
    _refused: Exception | None = None

    def _declare_connection(self) -> None:
        add = self.addParameter
        add(QgsProcessingParameterFile("WORKSPACE", translate("landreview", "Case store"), optional=True))
        add(QgsProcessingParameterString("SERVER", translate("landreview", "Address of the centre"), optional=True))
        add(QgsProcessingParameterAuthConfig("AUTH", translate("landreview", "Sign-in"), optional=True))
        add(
            QgsProcessingParameterString("OFFICE", translate("landreview", "Office (jurisdiction code)"), optional=True)
        )
        add(QgsProcessingParameterString("PERSON", translate("landreview", "Person for the log"), optional=True))

    def prepareAlgorithm(  # noqa: N802 - QGIS's name
        self, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> bool:
        """On the main thread: QGIS hands out sign-in, certificates and proxy only here."""
        if not self.canExecute()[0]:
            return True
        from ..core.model.problems import LandReviewError
        from ..project.access import access_to

        own = settings.read()
        self._server = self.parameterAsString(parameters, "SERVER", context) or own.server
        authcfg = self.parameterAsString(parameters, "AUTH", context) or own.authcfg
        try:
            self._access = access_to(self._server, authcfg) if self._server else None
            self._prepare_more(parameters, context)
        except LandReviewError as error:  # told by processAlgorithm, where errors become sentences
            self._refused = error
        return True

    def _prepare_more(self, parameters: Parameters, context: QgsProcessingContext) -> None:
        """What else only the main thread may ask QGIS for."""

    def _store_path(self, parameters: Parameters, context: QgsProcessingContext) -> Path:
        given = self.parameterAsString(parameters, "WORKSPACE", context)
        return Path(given) if given else settings.read().workspace

    def _line(self) -> Line:
        """The line to the centre. Raises E-SYNC-AUTH, E-SYNC-ADDRESS."""
        from ..core.model.problems import LandReviewError
        from ..sync.sign_in import signed_in

        if self._refused is not None:
            raise self._refused
        if self._access is None:
            raise LandReviewError("E-SYNC-ADDRESS", detail="SERVER")
        return signed_in(self._server, self._access.headers, **self._access.reach)

    def _actor(self, parameters: Parameters, context: QgsProcessingContext, centre: Centre | None) -> Actor:
        """Who one is: as given, as set, or as the centre knows one. Raises E-CENTRE-RIGHTS where these disagree."""
        from ..core.model.problems import LandReviewError
        from ..store.entries import Actor

        own, me = settings.read(), centre.me() if centre else None
        office = self.parameterAsString(parameters, "OFFICE", context) or own.office or (me.office if me else "")
        if not office:
            raise LandReviewError("E-CASE-PARAM", detail="OFFICE")
        if me is not None:
            me.refuse_other(office)
        person = self.parameterAsString(parameters, "PERSON", context) or own.person or (me.user if me else office)
        return Actor(person=person, office=office, role=me.role if me else own.role)


def spoken(text: Text) -> str:
    """A text in the language of QGIS."""
    from ..core.model.base import Language

    return text.get(Language(language()))
