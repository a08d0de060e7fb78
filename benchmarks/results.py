# SPDX-License-Identifier: GPL-2.0-or-later
"""Results of the races as a table (md, csv) and a plot (svg)."""

from __future__ import annotations

import csv
import dataclasses
from collections.abc import Mapping, Sequence
from pathlib import Path

from race import Timing

BAR_PX = 420
ROW_PX = 22


def write(races: Mapping[str, Sequence[Timing]], folder: Path, machine: str) -> None:
    """One set of files a race, so that races can be run apart."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, timings in races.items():
        (folder / f"{name}.md").write_text(_markdown(name, timings, machine), encoding="utf-8")
        (folder / f"{name}.svg").write_text(_plot(timings), encoding="utf-8")
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([field.name for field in dataclasses.fields(Timing)])
            writer.writerows(dataclasses.astuple(timing) for timing in timings)


def _markdown(name: str, timings: Sequence[Timing], machine: str) -> str:
    lines = [
        f"# {name}",
        "",
        f"{machine}. Median of {timings[0].rounds} rounds, whole processes, interleaved, start-up (the same",
        "command on a tiny file) taken off. Ratios: against our engine in the same job. CPU: all threads together,",
        "which does not depend on who else uses the machine.",
        "",
        "| job | contestant | seconds | ratio | CPU s | ratio | start-up s | peak MB | total m² | totals agree |",
        "|---|---|--:|--:|--:|--:|--:|--:|--:|---|",
    ]
    for job in dict.fromkeys(timing.job for timing in timings):
        group = [timing for timing in timings if timing.job == job]
        lines += [_row(timing, group[0]) for timing in group]
    return "\n".join([*lines, "", f"![{name}]({name}.svg)", ""])


def _row(timing: Timing, ours: Timing) -> str:
    agrees = abs(timing.total_m2 - ours.total_m2) <= 1e-9 * ours.total_m2 + 0.01
    cells = (
        timing.job,
        timing.contestant,
        f"{timing.seconds:.2f}",
        f"{timing.seconds / ours.seconds:.1f}",
        f"{timing.cpu_s:.2f}",
        f"{timing.cpu_s / ours.cpu_s:.1f}",
        f"{timing.start_up_s:.2f}",
        f"{timing.peak_mb:.0f}",
        f"{timing.total_m2:.2f}",
        "yes" if agrees else "NO",
    )
    return f"| {' | '.join(cells)} |"


def _plot(timings: Sequence[Timing]) -> str:
    longest = max(timing.seconds for timing in timings)
    height = ROW_PX * len(timings) + 10
    rows = []
    for i, timing in enumerate(timings):
        y, width = i * ROW_PX + 6, max(timing.seconds / longest * BAR_PX, 1)
        colour = "#2b6cb0" if timing.contestant.startswith("landreview") else "#a0aec0"
        rows.append(
            f'<text x="330" y="{y + 12}" text-anchor="end">{timing.contestant} · {timing.job}</text>'
            f'<rect x="338" y="{y}" width="{width:.1f}" height="16" fill="{colour}"/>'
            f'<text x="{342 + width:.1f}" y="{y + 12}">{timing.seconds:.2f} s</text>'
        )
    space = "http://www.w3.org/2000/svg"
    head = f'<svg xmlns="{space}" width="850" height="{height}" font-family="sans-serif" font-size="11">'
    return "\n".join([head, '<rect width="100%" height="100%" fill="white"/>', *rows, "</svg>", ""])
