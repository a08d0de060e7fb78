# SPDX-License-Identifier: GPL-2.0-or-later
"""The tables of the workspace: a GeoPackage (OGC 12-128r18) that plain QGIS opens, too.

``migrations`` brings older files here. The version is kept in a table of our own, because the
GeoPackage standard owns ``user_version``.
"""

from __future__ import annotations

VERSION = 2
APPLICATION_ID = 0x47504B47
"""``GPKG`` in ASCII."""
GEOPACKAGE_VERSION = 10300

_CGCS2000 = (
    'GEOGCS["China Geodetic Coordinate System 2000",DATUM["China_2000",'
    'SPHEROID["CGCS2000",6378137,298.257222101]],PRIMEM["Greenwich",0],'
    'UNIT["degree",0.0174532925199433],AUTHORITY["EPSG","4490"]]'
)
_WGS84 = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],'
    'UNIT["degree",0.0174532925199433],AUTHORITY["EPSG","4326"]]'
)
REFERENCE_SYSTEMS = (
    ("Undefined Cartesian", -1, "NONE", -1, "undefined"),
    ("Undefined geographic", 0, "NONE", 0, "undefined"),
    ("WGS 84", 4326, "EPSG", 4326, _WGS84),
    ("CGCS2000", 4490, "EPSG", 4490, _CGCS2000),
)

GEOPACKAGE = """
CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (
  table_name TEXT PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE, description TEXT DEFAULT '',
  last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL REFERENCES gpkg_contents(table_name), column_name TEXT NOT NULL,
  geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL REFERENCES gpkg_spatial_ref_sys(srs_id),
  z TINYINT NOT NULL, m TINYINT NOT NULL, PRIMARY KEY (table_name, column_name));
"""

TABLES = """
CREATE TABLE landreview_store (key TEXT PRIMARY KEY, value TEXT NOT NULL);

CREATE TABLE cases (
  fid INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, number TEXT NOT NULL UNIQUE,
  project TEXT NOT NULL, applicant TEXT NOT NULL, business_type TEXT NOT NULL, jurisdiction TEXT NOT NULL,
  holder TEXT NOT NULL, stage TEXT NOT NULL, reference_date TEXT NOT NULL, accepted TEXT,
  limit_workdays INTEGER NOT NULL, pauses TEXT NOT NULL, answers TEXT NOT NULL, verdict TEXT, worst_severity TEXT,
  result_digest TEXT NOT NULL, passed INTEGER, transfer TEXT NOT NULL, archived INTEGER NOT NULL,
  version INTEGER NOT NULL, rev INTEGER NOT NULL);
CREATE INDEX cases_open ON cases (archived, number);

CREATE TABLE serials (county TEXT NOT NULL, business_type TEXT NOT NULL, year INTEGER NOT NULL, last INTEGER NOT NULL,
  PRIMARY KEY (county, business_type, year));

CREATE TABLE hand_ins (
  fid INTEGER PRIMARY KEY, case_id TEXT NOT NULL REFERENCES cases(id), version INTEGER NOT NULL,
  file_name TEXT NOT NULL, sha256 TEXT NOT NULL, crs TEXT NOT NULL, problems TEXT NOT NULL, taken_at TEXT NOT NULL,
  UNIQUE (case_id, version));

CREATE TABLE parcels (
  fid INTEGER PRIMARY KEY, case_id TEXT NOT NULL REFERENCES cases(id), version INTEGER NOT NULL, seq INTEGER NOT NULL,
  current INTEGER NOT NULL, number TEXT NOT NULL, facts TEXT NOT NULL,
  shape BLOB NOT NULL, min_x REAL, min_y REAL, max_x REAL, max_y REAL, geom BLOB,
  UNIQUE (case_id, version, seq));
CREATE INDEX parcels_number ON parcels (number);
CREATE INDEX parcels_box ON parcels (current, min_x, max_x);

CREATE TABLE results (
  fid INTEGER PRIMARY KEY, case_id TEXT NOT NULL REFERENCES cases(id), version INTEGER NOT NULL,
  digest TEXT NOT NULL, verdict TEXT NOT NULL, made_at TEXT NOT NULL, json_sha256 TEXT NOT NULL,
  gpkg_sha256 TEXT NOT NULL, reports TEXT NOT NULL);
CREATE INDEX results_case ON results (case_id, fid);

CREATE TABLE judgements (
  fid INTEGER PRIMARY KEY, case_id TEXT NOT NULL REFERENCES cases(id), result_digest TEXT NOT NULL,
  finding TEXT NOT NULL, body TEXT NOT NULL);
CREATE INDEX judgements_case ON judgements (case_id, result_digest);

CREATE TABLE opinions (
  fid INTEGER PRIMARY KEY, case_id TEXT NOT NULL REFERENCES cases(id), body TEXT NOT NULL);
CREATE INDEX opinions_case ON opinions (case_id, fid);

CREATE TABLE attachments (
  fid INTEGER PRIMARY KEY, case_id TEXT NOT NULL REFERENCES cases(id), material TEXT NOT NULL, name TEXT NOT NULL,
  sha256 TEXT NOT NULL, size INTEGER NOT NULL, added_at TEXT NOT NULL, UNIQUE (case_id, material, sha256));

CREATE TABLE events (
  fid INTEGER PRIMARY KEY, case_id TEXT NOT NULL REFERENCES cases(id), no INTEGER NOT NULL, kind TEXT NOT NULL,
  actor TEXT NOT NULL, office TEXT NOT NULL, at_client TEXT NOT NULL, body TEXT NOT NULL, prev TEXT NOT NULL,
  hash TEXT NOT NULL, UNIQUE (case_id, no));
CREATE TRIGGER events_stay BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'the event log is append-only'); END;
CREATE TRIGGER events_remain BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'the event log is append-only'); END;
"""

ATTRIBUTE_TABLES = {
    "cases": "案卷 cases",
    "events": "案卷日志 event log",
    "attachments": "附件 attachments",
    "results": "审查结果 results",
}
FEATURE_TABLE = ("parcels", "地块 parcels")
"""Tables that QGIS lists; the others are the program's own."""
