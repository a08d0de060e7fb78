# SPDX-License-Identifier: GPL-2.0-or-later
"""What version 2 of the store added: hand-overs on their way out and in, who holds a case, reference layers."""

from __future__ import annotations

TABLES = """
CREATE TABLE custody (
  case_id TEXT PRIMARY KEY, holder TEXT NOT NULL, since TEXT NOT NULL, epoch INTEGER NOT NULL, rev INTEGER NOT NULL,
  status TEXT NOT NULL, passes INTEGER, corrections TEXT NOT NULL, package TEXT NOT NULL, head TEXT NOT NULL,
  event_count INTEGER NOT NULL);

CREATE TABLE jobs (
  fid INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, case_id TEXT NOT NULL REFERENCES cases(id), kind TEXT NOT NULL,
  target TEXT NOT NULL, facts TEXT NOT NULL, manifest TEXT NOT NULL, command TEXT NOT NULL, state TEXT NOT NULL,
  reason TEXT NOT NULL, attempts INTEGER NOT NULL, created_at TEXT NOT NULL, next_at TEXT NOT NULL,
  bytes_sent INTEGER NOT NULL, receipt TEXT NOT NULL);
CREATE INDEX jobs_case ON jobs (case_id, fid);

CREATE TABLE job_parts (
  job_id TEXT NOT NULL REFERENCES jobs(id), seq INTEGER NOT NULL, sha256 TEXT NOT NULL, size INTEGER NOT NULL,
  suffix TEXT NOT NULL, sent INTEGER NOT NULL, done INTEGER NOT NULL, content BLOB, PRIMARY KEY (job_id, seq));

CREATE TABLE arrivals (
  case_id TEXT PRIMARY KEY, package TEXT NOT NULL, reason TEXT NOT NULL, attempts INTEGER NOT NULL,
  next_at TEXT NOT NULL);

CREATE TABLE given_receipts (
  fid INTEGER PRIMARY KEY, command TEXT NOT NULL UNIQUE, sha256 TEXT NOT NULL, answer TEXT NOT NULL);

CREATE TABLE feeds (server TEXT PRIMARY KEY, cursor TEXT NOT NULL, read_at TEXT NOT NULL);

CREATE TABLE centre_events (
  fid INTEGER PRIMARY KEY, case_id TEXT NOT NULL, no INTEGER NOT NULL, kind TEXT NOT NULL, actor TEXT NOT NULL,
  office TEXT NOT NULL, at_client TEXT NOT NULL, body TEXT NOT NULL, prev TEXT NOT NULL, hash TEXT NOT NULL,
  at_server TEXT NOT NULL, UNIQUE (case_id, no));
CREATE TRIGGER centre_events_stay BEFORE UPDATE ON centre_events
  BEGIN SELECT RAISE(ABORT, 'the event log is append-only'); END;

CREATE TABLE differences (
  fid INTEGER PRIMARY KEY, case_id TEXT NOT NULL REFERENCES cases(id), field TEXT NOT NULL, here TEXT NOT NULL,
  there TEXT NOT NULL, found_at TEXT NOT NULL, choice TEXT NOT NULL);
CREATE INDEX differences_open ON differences (choice, case_id);

CREATE TABLE set_aside (
  fid INTEGER PRIMARY KEY, case_id TEXT NOT NULL REFERENCES cases(id), at TEXT NOT NULL, body TEXT NOT NULL);

CREATE TABLE layers (
  fid INTEGER PRIMARY KEY, server TEXT NOT NULL, layer TEXT NOT NULL, jurisdiction TEXT NOT NULL,
  version INTEGER NOT NULL, data_date TEXT NOT NULL, result_hash TEXT NOT NULL, path TEXT NOT NULL,
  current INTEGER NOT NULL, UNIQUE (server, layer, jurisdiction, version));
"""
