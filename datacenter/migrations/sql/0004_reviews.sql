-- SPDX-License-Identifier: GPL-2.0-or-later
-- Reviews by the centre: what was asked, what came out, and where the whole result lies.

CREATE TABLE centre.reviews (
    id uuid PRIMARY KEY,
    case_id uuid NOT NULL,
    code text NOT NULL,
    package text NOT NULL,
    reference_date date NOT NULL,
    pack text NOT NULL,
    pack_version text NOT NULL,
    verdict text NOT NULL,
    digest text NOT NULL,
    layers jsonb NOT NULL,                   -- [{key, jurisdiction, version, data_date, state}]
    file_sha256 text NOT NULL,               -- result.json
    file_size bigint NOT NULL,
    actor text NOT NULL,
    office text NOT NULL,
    at_server timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX reviews_case ON centre.reviews (case_id, at_server);
CREATE INDEX reviews_file ON centre.reviews (file_sha256);
GRANT SELECT, INSERT ON centre.reviews TO landreview_service;
GRANT ALL ON centre.reviews TO landreview_keeper;

CREATE TRIGGER only_added BEFORE UPDATE OR DELETE ON centre.reviews FOR EACH ROW EXECUTE FUNCTION centre.refuse();
CREATE TRIGGER only_added_truncate BEFORE TRUNCATE ON centre.reviews FOR EACH STATEMENT EXECUTE FUNCTION centre.refuse();
CREATE POLICY seen ON centre.reviews USING (
    (code ~>=~ nullif(current_setting('app.jurisdiction', true), '')
     AND code ~<~ (nullif(current_setting('app.jurisdiction', true), '') || '~'))
    OR case_id IN (SELECT a.case_id FROM centre.case_access a
                   WHERE a.office = nullif(current_setting('app.jurisdiction', true), ''))
);
ALTER TABLE centre.reviews ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

-- Files that the centre made itself have no sender: the collector must know them by what names them.
CREATE INDEX layers_file ON centre.layers (file_sha256);
CREATE INDEX layers_delta ON centre.layers (delta_sha256);
CREATE INDEX layer_cuts_file ON centre.layer_cuts (file_sha256);
CREATE FUNCTION centre.made_here(hash text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = centre, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM layers l WHERE l.file_sha256 = hash)
        OR EXISTS (SELECT 1 FROM layers l WHERE l.delta_sha256 = hash)
        OR EXISTS (SELECT 1 FROM layer_cuts c WHERE c.file_sha256 = hash)
        OR EXISTS (SELECT 1 FROM reviews r WHERE r.file_sha256 = hash)
$$;
CREATE OR REPLACE FUNCTION centre.unknown(hashes text[]) RETURNS TABLE (sha256 text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = centre, pg_temp AS $$
    SELECT h FROM unnest(hashes) h
    WHERE NOT EXISTS (SELECT 1 FROM holdings k WHERE k.sha256 = h) AND NOT made_here(h)
$$;
CREATE OR REPLACE FUNCTION centre.orphans(before timestamptz, most int) RETURNS TABLE (sha256 text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = centre, pg_temp AS $$
    SELECT h.sha256 FROM holdings h GROUP BY h.sha256
    HAVING max(h.at_server) < before AND NOT EXISTS (SELECT 1 FROM parts p WHERE p.sha256 = h.sha256)
       AND NOT made_here(h.sha256)
    LIMIT most
$$;
