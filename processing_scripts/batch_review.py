# SPDX-License-Identifier: GPL-2.0-or-later
"""A night's batch from cron or the Windows task scheduler: runs qgis_process, keeps a log, says how it ended.

batch_review.py --manifest cases.csv --catalogue catalogue.yaml --output results [--profile hunan] [--log FOLDER]

Exit code: 0 all cases were reviewed, 1 some were not (the summary names them), 2 the batch could not start.
A second run in the same folder is refused while the first one works; after a stop it goes on where it was.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

LOGS_KEPT = 30
ALL_REVIEWED, SOME_FAILED, NOT_STARTED = 0, 1, 2


def main() -> int:
    """Run the batch once."""
    arguments = parse()
    program = shutil.which(arguments.qgis_process)
    if program is None:
        sys.stderr.write(f"{arguments.qgis_process} not found: give its path with --qgis-process\n")
        return NOT_STARTED
    begin = dt.datetime.now().timestamp()
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
    summary = Path(arguments.output) / "summary.csv"
    if done.returncode == 0:
        return ALL_REVIEWED
    started = summary.is_file() and summary.stat().st_mtime >= begin
    sys.stderr.write(f"see {summary if started else log}\n")
    return SOME_FAILED if started else NOT_STARTED


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
        "OUTPUT_FOLDER": arguments.output,
    }
    return {name: value for name, value in given.items() if value not in (None, "")}


def new_log(folder: Path) -> Path:
    """A new file in the folder of logs; the oldest go."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in sorted(folder.glob("batch-*.log"))[: -LOGS_KEPT + 1]:
        old.unlink(missing_ok=True)
    return folder / f"batch-{dt.datetime.now():%Y%m%d-%H%M%S-%f}.log"


if __name__ == "__main__":
    sys.exit(main())
