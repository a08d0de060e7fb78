# SPDX-License-Identifier: GPL-2.0-or-later
"""``make rules``: read every built-in pack (or those named), run the examples, list laws that end soon."""

import datetime as dt
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from landreview_plugin.core.model.base import Language  # noqa: E402
from landreview_plugin.core.model.problems import LandReviewError  # noqa: E402
from landreview_plugin.core.rules.examples import run_examples  # noqa: E402
from landreview_plugin.core.rules.load import PACKS, load_pack  # noqa: E402
from landreview_plugin.core.rules.pack import RulePack  # noqa: E402
from landreview_plugin.core.texts import error_sentence  # noqa: E402

SOON = dt.timedelta(days=90)


def main() -> int:
    """Number of packs that do not hold."""
    named = [Path(name) for name in sys.argv[1:]]
    paths = named or [PACKS / f"{name}.yaml" for name in ("hunan", "plain")]
    bad = 0
    for path in paths:
        try:
            pack = load_pack(path)
        except LandReviewError as error:
            print(error_sentence(error, Language.EN))
            bad += 1
            continue
        bad += not examples_hold(pack)
        endings(pack)
    return bad


def examples_hold(pack: RulePack) -> bool:
    """Run every example; print those that contradict their rule."""
    today = dt.date.today()
    outcomes = [outcome for rule in pack.rules for outcome in run_examples(pack, rule, today)]
    wrong = [outcome for outcome in outcomes if not outcome.fits]
    for outcome in wrong:
        finding = outcome.finding
        print(
            f"{outcome.rule} example {outcome.number}: expected {outcome.expected.value}, got {finding.verdict.value} "
            f"({finding.area_m2:.2f} m²: {finding.reason.en})"
        )
    without = [rule.id for rule in pack.rules if not rule.examples]
    print(f"{pack.pack} {pack.version}: {len(pack.rules)} rules, {len(outcomes)} examples, {len(wrong)} wrong")
    if without:
        print("  no example: " + ", ".join(without))
    return not wrong


def endings(pack: RulePack) -> None:
    """Rules whose legal basis has ended or ends within 90 days."""
    today = dt.date.today()
    for rule in pack.rules:
        for basis in rule.basis:
            if basis.valid_to is not None and basis.valid_to <= today + SOON:
                word = "ended" if basis.valid_to < today else "ends"
                print(f"  {rule.id}: {basis.law} {basis.article} {word} {basis.valid_to}")


if __name__ == "__main__":
    sys.exit(main())
