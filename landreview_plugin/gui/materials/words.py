# SPDX-License-Identifier: GPL-2.0-or-later
"""When a conditional material is needed, in words."""

from __future__ import annotations

from ...core.workflow.materials import Material, Requirement
from ...i18n import translate


def condition_words(condition: str) -> str:
    """The condition of ``materials.csv``; an office's own, which has no translation, as it is written."""
    words = {
        "Art.45(5) land taking": translate("landreview", "land is taken for area development"),
        "PBF > 0": translate("landreview", "permanent basic farmland is occupied"),
        "arable": translate("landreview", "arable land is occupied"),
        "classified": translate("landreview", "the results are classified"),
        "differs from DLTB": translate("landreview", "the present use differs from the survey"),
        "ecored > 0": translate("landreview", "the ecological red line is touched"),
        "forest > 0": translate("landreview", "forest land is occupied"),
        "land taking": translate("landreview", "collective land is taken"),
        "mining/resource > 0": translate("landreview", "minerals are overlaid"),
        "over standard or no standard": translate("landreview", "over the standard, or there is none"),
        "susceptible zone": translate("landreview", "it lies in a zone of geological hazards"),
        "use of quota": translate("landreview", "a quota is used"),
        "used before approval": translate("landreview", "the land was used before approval"),
    }
    return words.get(condition, condition)


def state_words(material: Material) -> str:
    """``missing``, ``there``, ``needed when …``, ``not needed``."""
    if material.present:
        return translate("landreview", "there")
    if material.requirement is Requirement.MANDATORY:
        return translate("landreview", "missing")
    if material.requirement is Requirement.NOT_NEEDED:
        return translate("landreview", "not needed: checked")
    if not material.condition:
        return translate("landreview", "where it applies")
    return translate("landreview", "needed when {}").format(condition_words(material.condition))
