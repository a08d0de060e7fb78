-- SPDX-License-Identifier: GPL-2.0-or-later
-- Reference layers: versions as files with deltas, the newest version's features for maps and queries.

-- One version of a layer of one jurisdiction. It is in force from the moment that this row is written.
CREATE TABLE centre.layers (
    layer text NOT NULL,                     -- key of layers.csv
    code text NOT NULL CHECK (code ~ '^([0-9]{2}){1,3}([0-9]{3})?$'),
    version int NOT NULL,
    data_date date NOT NULL,
    feature_count int NOT NULL,
    epsg int NOT NULL,                       -- of the file; features below are in CGCS2000 degrees
    fields jsonb NOT NULL,                   -- [{name, type}]
    unit_field text NOT NULL,                -- names the unit of each feature; empty: all belong to code
    result_hash text NOT NULL,
    file_sha256 text NOT NULL,
    file_size bigint NOT NULL,
    base_version int,
    base_hash text NOT NULL DEFAULT '',
    delta_sha256 text NOT NULL DEFAULT '',
    delta_size bigint NOT NULL DEFAULT 0,
    hops int NOT NULL DEFAULT 0,             -- deltas since the last version that was sent whole
    notes jsonb NOT NULL,
    uploaded_sha256 text NOT NULL,           -- what the office sent
    actor text NOT NULL,
    office text NOT NULL,
    at_server timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (layer, code, version)
);
CREATE INDEX layers_code ON centre.layers (code text_pattern_ops);

-- What an office below the layer's own gets: the rows of its units, as a file of its own.
CREATE TABLE centre.layer_cuts (
    layer text NOT NULL,
    code text NOT NULL,
    version int NOT NULL,
    office text NOT NULL,
    feature_count int NOT NULL,
    result_hash text NOT NULL,
    file_sha256 text NOT NULL,
    file_size bigint NOT NULL,
    PRIMARY KEY (layer, code, version, office)
);

-- Features of the newest version, and of one that is being loaded: readers take the version that layers names.
CREATE TABLE centre.features (
    layer text NOT NULL,
    code text NOT NULL,
    version int NOT NULL,
    n bigint NOT NULL,                       -- number of the row in the file
    unit text NOT NULL,                      -- the office that the land belongs to: who may see it
    attributes jsonb NOT NULL,
    geom geometry(Geometry, 4490) NOT NULL,
    PRIMARY KEY (layer, code, version, n)
);
CREATE INDEX features_geom ON centre.features USING gist (geom);
CREATE INDEX features_unit ON centre.features (unit text_pattern_ops);

CREATE TRIGGER only_added BEFORE UPDATE OR DELETE ON centre.layers FOR EACH ROW EXECUTE FUNCTION centre.refuse();
CREATE TRIGGER only_added_truncate BEFORE TRUNCATE ON centre.layers FOR EACH STATEMENT EXECUTE FUNCTION centre.refuse();

GRANT SELECT, INSERT ON centre.layers, centre.layer_cuts, centre.features TO landreview_service;
GRANT DELETE ON centre.features TO landreview_service;
GRANT ALL ON centre.layers, centre.layer_cuts, centre.features TO landreview_keeper;

-- A layer is seen from above and from below: a county reads the province's layer, as far as its own units go.
DO $$
DECLARE
    mine text := $m$nullif(current_setting('app.jurisdiction', true), '')$m$;
    range text;
    line text;
BEGIN
    range := format('(%%1$s ~>=~ %s AND %%1$s ~<~ (%s || ''~''))', mine, mine);
    line := format('%%1$s IN (left(%s, 2), left(%s, 4), left(%s, 6))', mine, mine, mine);
    EXECUTE format('CREATE POLICY seen ON centre.layers FOR SELECT USING (%s OR %s)',
                   format(range, 'code'), format(line, 'code'));
    EXECUTE format('CREATE POLICY put ON centre.layers FOR INSERT WITH CHECK (%s)', format(range, 'code'));
    EXECUTE format('CREATE POLICY seen ON centre.layer_cuts USING (%s)', format(range, 'office'));
    EXECUTE format('CREATE POLICY seen ON centre.features FOR SELECT USING (%s OR %s)',
                   format(range, 'unit'), format(line, 'unit'));
    EXECUTE format('CREATE POLICY put ON centre.features FOR INSERT WITH CHECK (%s)', format(range, 'code'));
    EXECUTE format('CREATE POLICY taken ON centre.features FOR DELETE USING (%s)', format(range, 'code'));
    ALTER TABLE centre.layers ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
    ALTER TABLE centre.layer_cuts ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
    ALTER TABLE centre.features ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
END $$;

-- The versions in force; features of others are never read.
CREATE VIEW centre.newest WITH (security_invoker = true) AS
    SELECT DISTINCT ON (layer, code) * FROM centre.layers ORDER BY layer, code, version DESC;
GRANT SELECT ON centre.newest TO landreview_service;

-- Files of layers are no orphans.
CREATE OR REPLACE FUNCTION centre.orphans(before timestamptz, most int) RETURNS TABLE (sha256 text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = centre, pg_temp AS $$
    SELECT h.sha256 FROM holdings h GROUP BY h.sha256
    HAVING max(h.at_server) < before
       AND NOT EXISTS (SELECT 1 FROM parts p WHERE p.sha256 = h.sha256)
       AND NOT EXISTS (SELECT 1 FROM layers l WHERE h.sha256 IN (l.file_sha256, l.delta_sha256))
       AND NOT EXISTS (SELECT 1 FROM layer_cuts c WHERE h.sha256 = c.file_sha256)
    LIMIT most
$$;
