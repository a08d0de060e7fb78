# SPDX-License-Identifier: GPL-2.0-or-later
"""Parcels from a hand-in file of any kind: always parcels *and* problems."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from ..core.boundary.reader import read_boundary_text
from ..core.evidence.hashes import file_sha256, text_sha256
from ..core.model.base import Text
from ..core.model.crs import Crs
from ..core.model.parcel import ParcelReading
from ..core.model.problems import LandReviewError, Place
from ..core.progress import Progress, Silent
from .archive import unpacked
from .collector import Collector
from .drawing import read_drawing
from .geojson import read_geojson
from .geopackage import read_geodatabase, read_geopackage
from .import_options import ImportOptions, text_options
from .kml import read_kml
from .placement import place_parcels
from .point_table import is_point_table, read_points
from .shapefile import parts_of, read_shapefile

__all__ = ["ImportOptions", "read_parcels"]

Reader = Callable[[Path, str, Collector], Crs | None]
READERS: Final[Mapping[str, Reader]] = MappingProxyType(
    {
        ".shp": read_shapefile,
        ".gpkg": read_geopackage,
        ".gdb": read_geodatabase,
        ".geojson": read_geojson,
        ".json": read_geojson,
        ".kml": read_kml,
        ".dxf": read_drawing,
    }
)
TEXT: Final = ".txt"
TABLES: Final = frozenset({".csv", ".xlsx"})
PACKED: Final = frozenset({".zip", ".kmz"})
READABLE: Final = frozenset({*READERS, *TABLES, TEXT})
"""Suffixes of single data sets."""
_SHAPEFILE: Final = Text(zh="请选择同名的.shp", en="choose the .shp of the same name")
_PACKER: Final = Text(zh="请解压，或改用zip", en="unpack it, or pack it as zip")
_DOCUMENT: Final = Text(zh="请提交界址点坐标TXT或SHP", en="hand in the boundary TXT or a shapefile")
_OTHER_GIS: Final = Text(zh="请在原软件中导出为SHP或GPKG", en="export it as SHP or GPKG from its program")
_ADVICE: Final = {
    ".dwg": Text(zh="DWG：请在CAD中另存为DXF", en="DWG: save it as DXF in the CAD program"),
    **dict.fromkeys((".xls", ".et", ".ods"), Text(zh="请另存为.xlsx", en="save it as .xlsx")),
    **dict.fromkeys((".doc", ".docx", ".wps", ".pdf", ".jpg", ".png", ".tif"), _DOCUMENT),
    **dict.fromkeys((".mdb", ".dgn", ".tab", ".mif", ".wp", ".wl"), _OTHER_GIS),
    ".dat": Text(zh="请另存为含点号、X、Y列的.csv", en="save it as .csv with the columns 点号, X, Y"),
    **dict.fromkeys((".dbf", ".shx", ".prj", ".cpg", ".sbn", ".sbx"), _SHAPEFILE),
    **dict.fromkeys((".rar", ".7z", ".gz", ".tar"), _PACKER),
}
"""Next step for files that come often and can't be read, by suffix."""
UNREADABLE: Final = frozenset(
    {".dwg", ".xls", ".et", ".rar", ".7z", ".gz", ".tar", ".mdb", ".dgn", ".tab", ".mif", ".wp", ".wl"}
)
"""What may hold parcels, but not in a form that is read here."""
_ENCODINGS: Final = ("utf-8", "gb18030", "utf-16-le", "utf-16-be")
_MARKS: Final = {
    ".txt": tuple("地块坐标".encode(encoding) for encoding in _ENCODINGS),
    ".kml": tuple("<Polygon".encode(encoding) for encoding in _ENCODINGS),
}
_LOOKED_AT: Final = 4 << 20


def read_parcels(
    source: str,
    options: ImportOptions | None = None,
    progress: Progress = Silent(),  # noqa: B008 - holds nothing
) -> ParcelReading:
    """Read ``path`` or ``path|layername=x`` in any format of :data:`READERS`, or a boundary TXT.

    Raises LandReviewError for what is no readable data set at all (E-SRC-MISSING, E-SRC-CORRUPT,
    E-SRC-LAYER, E-SRC-LIMIT, E-SRC-FORMAT, E-SEC-…); what is wrong inside is listed among the problems.
    """
    options = options or ImportOptions()
    location, _, rest = source.partition("|")
    named = [part.partition("=")[2] for part in rest.split("|") if part.lower().startswith("layername=")]
    path = Path(location)
    if not _exists(path):
        raise LandReviewError("E-SRC-MISSING", detail=location, place=Place(file=path.name))
    return read_file(path, named[-1] if named else options.layer, options, Place(file=path.name), progress)


def _exists(path: Path) -> bool:
    """Also False for what can't be a path at all: too long, or with a NUL in it."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def read_file(path: Path, layer: str, options: ImportOptions, place: Place, progress: Progress) -> ParcelReading:
    """Read one file of a kind that is known by its suffix."""
    suffix = path.suffix.lower()
    if suffix not in READABLE | PACKED or path.is_dir() != (suffix == ".gdb"):
        raise _unreadable(path, place)
    files = _files(path)
    _check_size(files, options, place)
    if suffix in PACKED:
        return _read_packed(path, layer, options, progress)
    if suffix == TEXT and (_holds_sections(path) or not is_point_table(path, options)):
        return read_boundary_text(path.read_bytes(), file=place.file, options=text_options(options), progress=progress)
    if suffix in TABLES or suffix == TEXT:
        return read_points(path, layer, options, place, progress)
    collector = Collector(place, options, progress)
    crs = place_parcels(READERS[suffix](path, layer, collector), collector)
    return reading_of(collector, crs, _digest(files))


def _read_packed(path: Path, layer: str, options: ImportOptions, progress: Progress) -> ParcelReading:
    """The one data set in an archive; several are named, so that the user can pick one."""
    place = Place(file=path.name)
    with unpacked(path, options.max_bytes) as folder:
        inside = data_sets(folder)
        named = [each for each in inside if layer in (each.name, each.stem, each.relative_to(folder).as_posix())]
        chosen = named if len(inside) > 1 and named else inside
        if len(chosen) != 1:
            names = ", ".join(each.relative_to(folder).as_posix() for each in chosen)
            raise LandReviewError("E-SRC-LAYER" if chosen else "E-SRC-EMPTY", detail=names, place=place)
        file = chosen[0]
        within = f"{path.name}/{file.relative_to(folder).as_posix()}"
        reading = read_file(file, "" if named else layer, options, Place(file=within), progress)
    return reading.model_copy(update={"source": within, "sha256": file_sha256(path)})


def data_sets(folder: Path) -> list[Path]:
    """What can be read as parcels; what lies inside a geodatabase is part of it.

    Of several, a text without coordinates (a read-me) and a KML without a polygon (a list of links) don't count.
    """
    fitting = sorted(
        each
        for each in folder.rglob("*")
        if each.suffix.lower() in READABLE and not any(up.suffix.lower() == ".gdb" for up in each.parents)
    )
    return fitting if len(fitting) < 2 else [each for each in fitting if _holds_parcels(each)]


def _holds_parcels(path: Path) -> bool:
    return _holds_sections(path) or (path.suffix.lower() == TEXT and is_point_table(path, ImportOptions()))


def _holds_sections(path: Path) -> bool:
    """False for a file of a kind that names what it holds, and doesn't name parcels."""
    marks = _MARKS.get(path.suffix.lower())
    if marks is None or path.is_dir():
        return True
    with path.open("rb") as file:
        content = file.read(_LOOKED_AT)
    return any(mark in content for mark in marks)


def reading_of(collector: Collector, crs: Crs | None, digest: str) -> ParcelReading:
    """What was collected, as the reading of one source."""
    if collector.heights:
        repair = Text(
            zh=f"{collector.heights}个要素的Z、M值已忽略", en=f"Z or M of {collector.heights} features ignored"
        )
        collector.add("QA-G14", repair=repair)
    if not collector.parcels and not any(problem.refuses for problem in collector.problems()):
        collector.add("E-SRC-EMPTY")
    if collector.closings_added:
        collector.notes["closings_added"] = str(collector.closings_added)
    collector.progress.step(1.0)
    return ParcelReading(
        source=collector.place.file,
        sha256=digest,
        crs=crs,
        parcels=tuple(collector.parcels),
        problems=collector.problems(),
        points_in=collector.points_in,
        points_rejected=collector.points_rejected,
        notes=collector.notes,
    )


def _files(path: Path) -> list[Path]:
    """Every file that belongs to the data set."""
    if path.is_dir():
        return sorted(file for file in path.rglob("*") if file.is_file())
    return list(parts_of(path).values()) if path.suffix.lower() == ".shp" else [path]


def digest_of(path: Path) -> str:
    """What ``read_parcels`` gives as ``sha256`` of this file: tells whether it is still the one that was read."""
    return file_sha256(path) if path.suffix.lower() in PACKED else _digest(_files(path))


def files_of(path: Path) -> list[Path]:
    """Every file that belongs to a hand-in, an archive as itself."""
    return [path] if path.suffix.lower() in PACKED else _files(path)


def _check_size(files: list[Path], options: ImportOptions, place: Place) -> None:
    size = sum(file.stat().st_size for file in files)
    if size > options.max_bytes:
        detail = Text(zh=f"{size}字节，上限{options.max_bytes}", en=f"{size} bytes, the limit is {options.max_bytes}")
        raise LandReviewError("E-SRC-LIMIT", detail=detail, place=place)


def _digest(files: list[Path]) -> str:
    """The hash of a single file; of several, the hash over names and hashes."""
    if len(files) == 1:
        return file_sha256(files[0])
    return text_sha256("\n".join(f"{file.name.lower()} {file_sha256(file)}" for file in files))


def _unreadable(path: Path, place: Place) -> LandReviewError:
    known = " ".join(sorted(READABLE | PACKED))
    name = path.suffix or path.name
    otherwise = Text(zh=f"{name}；可读取：{known}", en=f"{name}; readable: {known}")
    detail = _ADVICE.get(path.suffix.lower(), otherwise)
    return LandReviewError("E-SRC-FORMAT", detail=detail, place=place)
