# SPDX-License-Identifier: GPL-2.0-or-later
"""A night's batch from cron or the Windows task scheduler: runs qgis_process, keeps a log, says how it ended.

batch_review.py --manifest cases.csv --catalogue catalogue.yaml --output results [--profile hunan] [--log FOLDER]

Exit code: 0 all cases were reviewed, 1 some were not (the summary names them), 2 the batch could not start.
Prints how the night went, which cron sends by mail: counts, verdicts that changed since the last run in this folder,
and cases that could not be reviewed. --quiet: only what went wrong.
A second run in the same folder is refused while the first one works; after a stop it goes on where it was.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

LOGS_KEPT = 30
MOST_LINES = 50
ALL_REVIEWED, SOME_FAILED, NOT_STARTED = 0, 1, 2
VERDICTS = ("conflict", "failed", "not_checked", "partly_covered", "clear")
WORDS = {
    "zh": dict(zip(VERDICTS, ("冲突", "未能审查", "未核查", "部分覆盖", "无冲突"), strict=True))
    | {
        "head": "批量审查 {}：共 {} 个案卷",
        "changed": "与上次相比结论有变",
        "unreviewed": "未能审查",
        "more": "  另有 {} 个见汇总表",
    },
    "en": dict(zip(VERDICTS, ("conflict", "not reviewed", "not checked", "partly covered", "clear"), strict=True))
    | {
        "head": "Batch review of {}: {} cases",
        "changed": "Other verdict than last time",
        "unreviewed": "Not reviewed",
        "more": "  {} more in the summary",
    },
}
Rows = dict[str, dict[str, str]]


def main() -> int:
    """Run the batch once."""
    arguments = parse()
    program = shutil.which(arguments.qgis_process)
    if program is None:
        sys.stderr.write(f"{arguments.qgis_process} not found: give its path with --qgis-process\n")
        return NOT_STARTED
    output = Path(arguments.output)
    old = newest_summary(output)
    before, stamp = rows_of(old), stamp_of(old)
    log = new_log(Path(arguments.log or arguments.output) / "logs")
    with log.open("wb") as messages:
        done = subprocess.run(  # noqa: S603 - a list, no shell
            [program, "--json", "run", "landreview:reviewbatch", "-"],
            input=json.dumps({"inputs": parameters(arguments)}, ensure_ascii=False).encode("utf-8"),
            stdout=messages,
            stderr=messages,
            env={"QT_QPA_PLATFORM": "offscreen"} | os.environ | {"PYTHONUTF8": "1"},
            check=False,
        )
    summary = newest_summary(output)
    if summary is None or stamp_of(summary) == stamp:
        sys.stderr.write(f"{last_words(log)}\nsee {log}\n")
        return NOT_STARTED
    if done.returncode or not arguments.quiet:
        sys.stdout.buffer.write(report(before, rows_of(summary), summary, arguments.language).encode("utf-8"))
    return SOME_FAILED if done.returncode else ALL_REVIEWED


def parse() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--manifest", help="csv: case_number, file, business_type, reference_date")
    source.add_argument("--folder", help="folder of hand-ins")
    parser.add_argument("--catalogue", required=True)
    parser.add_argument("--output", required=True)
    parser.add_argument("--profile", default="hunan")
    parser.add_argument("--business-type", default="CZPC")
    parser.add_argument("--reference-date", default="", help="YYYY-MM-DD; default: today")
    parser.add_argument("--formats", default="gpkg,json,xlsx,docx")
    parser.add_argument("--workers", type=int, default=0, help="0: one a core")
    parser.add_argument("--scheduler", default="", help="address of a dask scheduler")
    parser.add_argument("--log", default="", help="folder of the logs; default: the output folder")
    parser.add_argument("--language", choices=list(WORDS), default="zh", help="of the reports and of what is printed")
    parser.add_argument("--quiet", action="store_true", help="print nothing when all cases were reviewed")
    parser.add_argument("--qgis-process", default="qgis_process", help="path of qgis_process")
    return parser.parse_args()


def parameters(arguments: argparse.Namespace) -> dict[str, object]:
    """The parameters of landreview:reviewbatch; what was not given is left out."""
    given = {
        "MANIFEST": arguments.manifest,
        "INPUT_FOLDER": arguments.folder,
        "CATALOGUE": arguments.catalogue,
        "PROFILE": arguments.profile,
        "BUSINESS_TYPE": arguments.business_type,
        "REFERENCE_DATE": arguments.reference_date,
        "FORMATS": arguments.formats.split(","),
        "WORKERS": arguments.workers,
        "SCHEDULER": arguments.scheduler,
        "LANGUAGE": arguments.language,
        "OUTPUT_FOLDER": arguments.output,
    }
    return {name: value for name, value in given.items() if value not in (None, "")}


def newest_summary(folder: Path) -> Path | None:
    """The table of the last batch; it is called summary-new.csv where somebody held summary.csv open."""
    found = [path for path in (folder / "summary.csv", folder / "summary-new.csv") if path.is_file()]
    return max(found, key=lambda path: path.stat().st_mtime_ns, default=None)


def stamp_of(path: Path | None) -> tuple[str, int]:
    """Tells whether a batch has written its summary."""
    return (path.name, path.stat().st_mtime_ns) if path else ("", 0)


def rows_of(path: Path | None) -> dict[str, dict[str, str]]:
    """The rows of a summary by case; none without one."""
    if path is None:
        return {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {row["case"]: row for row in csv.DictReader(file)}


def report(before: Rows, now: Rows, summary: Path, language: str) -> str:
    """What a mail says of the night: counts, what changed, what failed; the worst is never cut off unsaid."""
    words = WORDS[language]
    counts = Counter(row["verdict"] or "failed" for row in now.values())
    lines = [words["head"].format(dt.date.today(), len(now))]
    lines += [f"  {words[verdict]}: {counts[verdict]}" for verdict in VERDICTS if counts[verdict]]
    known = [
        (case, before[case]["verdict"] or "failed", row["verdict"] or "failed")
        for case, row in now.items()
        if case in before
    ]
    changed = [f"  {case}: {words[was]} → {words[is_now]}" for case, was, is_now in known if was != is_now]
    failed = [f"  {case}: {row['message']}" for case, row in now.items() if row["status"] != "done"]
    for title, found in (("changed", changed), ("unreviewed", failed)):
        if found:
            lines += ["", f"{words[title]} ({len(found)})", *found[:MOST_LINES]]
            lines += [words["more"].format(len(found) - MOST_LINES)] if len(found) > MOST_LINES else []
    return "\n".join([*lines, "", str(summary.absolute()), ""])


def last_words(log: Path) -> str:
    """The last line of a log: why a batch could not start."""
    lines = log.read_text(encoding="utf-8", errors="replace").split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), "")


def new_log(folder: Path) -> Path:
    """A new file in the folder of logs; the oldest go."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in sorted(folder.glob("batch-*.log"))[: -LOGS_KEPT + 1]:
        old.unlink(missing_ok=True)
    return folder / f"batch-{dt.datetime.now():%Y%m%d-%H%M%S-%f}.log"


if __name__ == "__main__":
    sys.exit(main())
