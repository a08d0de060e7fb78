# SPDX-License-Identifier: GPL-2.0-or-later
"""Mutate boundary-point TXT files and read them: no foreign exception, no silently lost point.

    python tools/fuzz_boundary.py [--count 10000] [--seed 1] [--keep FOLDER]

Exits 1 and names seed and mutant when one fails; the same seed makes the same mutants.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import shapely

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from landreview_plugin.core.boundary.reader import ReadOptions, read_boundary_text  # noqa: E402
from landreview_plugin.core.model.parcel import ParcelReading  # noqa: E402
from landreview_plugin.core.model.problems import LandReviewError  # noqa: E402

SEEDS = sorted((ROOT / "tests" / "data").glob("txt*/*.txt"))
DATA_LINE = re.compile(r"[^,;\t]*[,;\t].*\d{6}.*[,;\t].*\d{6}")
TOKENS = [
    *"@[]=\t;，＠面线\0\r\ufeff\u2028💥",
    *("NaN", "inf", "-1", "1e9", "38", "37", "0", "9" * 30, "9" * 400, "3 119", "1,234", "J1"),
    *("[地块坐标]", "[属性描述]", "<b>", "'; DROP TABLE", "=cmd()"),
]

Mutation = Callable[[random.Random, bytes], bytes]


def flip(rng: random.Random, data: bytes) -> bytes:
    """Some bytes become others."""
    changed = bytearray(data)
    for _ in range(rng.randint(1, 6)):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def truncate(rng: random.Random, data: bytes) -> bytes:
    """The file is cut off."""
    return data[: rng.randrange(len(data))]


def cut_out(rng: random.Random, data: bytes) -> bytes:
    """A piece is missing."""
    start = rng.randrange(len(data))
    return data[:start] + data[start + rng.randint(1, 200) :]


def insert(rng: random.Random, data: bytes) -> bytes:
    """Something stands where it does not belong."""
    position = rng.randrange(len(data) + 1)
    encoding = rng.choice(["utf-8", "gb18030"])
    return data[:position] + rng.choice(TOKENS).encode(encoding, errors="replace") + data[position:]


def shuffle_lines(rng: random.Random, data: bytes) -> bytes:
    """Lines are lost, doubled or moved."""
    lines = data.splitlines(keepends=True)
    for _ in range(rng.randint(1, 4)):
        line = lines.pop(rng.randrange(len(lines))) if len(lines) > 1 else lines[0]
        for _ in range(rng.choice([0, 1, 1, 2])):
            lines.insert(rng.randrange(len(lines) + 1), line)
    return b"".join(lines)


def change_field(rng: random.Random, data: bytes) -> bytes:
    """A field of a line is lost, doubled or replaced."""
    lines = data.split(b"\n")
    i = rng.randrange(len(lines))
    fields = lines[i].split(b",")
    j = rng.randrange(len(fields))
    fields[j : j + 1] = rng.choice(
        [[], [fields[j]] * 2, [rng.choice(TOKENS).encode()], [str(rng.random() * 4e7).encode()]]
    )
    lines[i] = b",".join(fields)
    return b"\n".join(lines)


def change_digit(rng: random.Random, data: bytes) -> bytes:
    """A digit is another one: the point stands elsewhere."""
    places = [m.start() for m in re.finditer(rb"[0-9]", data)]
    if not places:
        return data
    i = rng.choice(places)
    return data[:i] + str(rng.randrange(10)).encode() + data[i + 1 :]


def full_width(rng: random.Random, data: bytes) -> bytes:
    """Separators or digits become full-width ones, blanks or tabs."""
    old, new = rng.choice(
        [(",", "，"), ("1", "１"), ("=", "＝"), (",", "\t"), (",", ";"), (",", " , "), (".", "。"), ("@", "＠")]
    )
    text = data.decode("gb18030", errors="replace")
    return text.replace(old, new, rng.choice([1, 5, -1])).encode("gb18030", errors="replace")


def recode(rng: random.Random, data: bytes) -> bytes:
    """Another encoding, other line ends."""
    text = data.decode("utf-8", errors="replace") if rng.random() < 0.5 else data.decode("gb18030", errors="replace")
    text = text.replace("\r\n", "\n").replace("\n", rng.choice(["\n", "\r\n", "\r", "\n\n", " \n", "\n\r"]))
    return text.encode(
        rng.choice(["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-be", "utf-16-le"]), errors="replace"
    )


def join(rng: random.Random, data: bytes) -> bytes:
    """Two files in one."""
    return data + rng.choice(SEEDS).read_bytes()


MUTATIONS: tuple[Mutation, ...] = (
    flip, truncate, cut_out, insert, insert, shuffle_lines, shuffle_lines, change_field, change_field, change_digit,
    full_width, recode, join,
)  # fmt: skip


def mutants(seed: int, count: int) -> Iterator[bytes]:
    """``count`` files, each a sample with one to three mutations."""
    rng = random.Random(seed)
    samples = [path.read_bytes() for path in SEEDS]
    for _ in range(count):
        data = rng.choice(samples)
        for _ in range(rng.randint(1, 3)):
            data = rng.choice(MUTATIONS)(rng, data) if data else data
        yield data


def fault(data: bytes) -> str | None:
    """What went wrong with one mutant; None: nothing."""
    readings = []
    for fast in (True, False):
        try:
            readings.append(read_boundary_text(data, file="mutant.txt", options=ReadOptions(), fast=fast))
        except LandReviewError as error:
            return None if error.code == "E-SRC-LIMIT" else f"raised {error}"
        except Exception as error:  # that is what is looked for
            return f"raised {type(error).__name__}: {error}"
    quick, careful = readings
    if quick.model_dump() != careful.model_dump():
        return "the fast path reads something else"
    return _loss(quick) or _silent_loss(data, quick)


def _loss(reading: ParcelReading) -> str | None:
    """Every point line is in a parcel or rejected, and a rejection is said."""
    added = int(reading.notes.get("closings_added", "0"))
    kept = sum(shapely.get_num_coordinates(parcel.geometry) for parcel in reading.parcels) - added
    if reading.points_in != kept + reading.points_rejected:
        return f"{reading.points_in} points in, {kept} kept, {reading.points_rejected} rejected"
    if reading.points_rejected and not reading.problems:
        return f"{reading.points_rejected} points rejected without a word"
    return None


def _silent_loss(data: bytes, reading: ParcelReading) -> str | None:
    """In a file without an error every line with two long numbers is a point."""
    if reading.errors:
        return None
    encoding = reading.notes.get("encoding", "utf-8").replace("utf-8 BOM", "utf-8-sig").removesuffix(" BOM")
    lines = re.split(r"[\r\n]+", data.decode(encoding))
    points = sum(DATA_LINE.match(line.replace("，", ",")) is not None and "@" not in line for line in lines)
    return f"{points} point lines, {reading.points_in} counted" if points > reading.points_in else None


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="folder for mutants that fail")
    args = parser.parse_args()
    failed = 0
    for number, data in enumerate(mutants(args.seed, args.count)):
        found = fault(data)
        if found is None:
            continue
        failed += 1
        print(f"seed {args.seed}, mutant {number}: {found}")
        if args.keep:
            args.keep.mkdir(parents=True, exist_ok=True)
            (args.keep / f"{args.seed}_{number}.txt").write_bytes(data)
    print(f"{args.count} mutants, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
