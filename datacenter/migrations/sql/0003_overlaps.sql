-- SPDX-License-Identifier: GPL-2.0-or-later
-- Double applications: which open or approved cases of any county want the land that is asked about.

-- A height of a parcel or feature, in metres: the first of the names that has a number.
CREATE FUNCTION centre.height(facts jsonb, names text[]) RETURNS double precision LANGUAGE sql IMMUTABLE AS $$
    SELECT (facts->>name)::double precision FROM unnest(names) WITH ORDINALITY AS u (name, place)
    WHERE facts->>name ~ '^\s*[-+]?[0-9]{1,5}(\.[0-9]{1,9})?\s*$' ORDER BY place LIMIT 1
$$;

-- Whether two ranges of height share more than a level. Whoever left a limit out counts as reaching everywhere.
CREATE FUNCTION centre.heights_meet(top double precision, bottom double precision, top2 double precision,
                                    bottom2 double precision) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN top IS NULL OR bottom IS NULL OR top2 IS NULL OR bottom2 IS NULL THEN 'unknown'
                WHEN least(greatest(top, bottom), greatest(top2, bottom2))
                     > greatest(least(top, bottom), least(top2, bottom2)) THEN 'meets'
                ELSE 'apart' END
$$;

-- Outlines in a plane of metres: what touches there has nothing in common, however its edges run in degrees.
CREATE FUNCTION centre.on_plane(shape geometry, plane int) RETURNS geometry LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE flat geometry := ST_Transform(shape, plane);
BEGIN
    RETURN CASE WHEN ST_IsValid(flat) THEN flat ELSE ST_MakeValid(flat) END;
END $$;

-- Edges that are straight in the plane are bent in degrees: the box in which to look, a metre and more wider.
CREATE FUNCTION centre.around(shape geometry) RETURNS geometry LANGUAGE sql IMMUTABLE AS $$
    SELECT ST_Envelope(ST_Expand(shape, 0.00001
        + 0.004 * greatest(ST_XMax(shape) - ST_XMin(shape), ST_YMax(shape) - ST_YMin(shape)) ^ 2))
$$;

-- The one question that sees over all counties. It tells number, county and state of another case, the common land,
-- and nothing else of it; for a mining right also whether the other is one, and whether the heights meet. The id comes
-- along only where the asking office sees the case anyway. Without a jurisdiction it answers nothing.
CREATE FUNCTION centre.overlapping(asked_n int[], asked_land bytea[], tops double precision[],
                                   bottoms double precision[], plane int, own uuid, mining text[], top_names text[],
                                   bottom_names text[], most int)
RETURNS TABLE (n int, id uuid, number text, office text, status text, mining_right boolean, heights text, land bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = centre, public, pg_temp AS $$
    WITH asked AS MATERIALIZED (
        SELECT a.n, a.top, a.bottom, around(g.shape) AS box, on_plane(g.shape, plane) AS flat
        FROM unnest(asked_n, asked_land, tops, bottoms) AS a (n, land, top, bottom),
             LATERAL (SELECT ST_GeomFromWKB(a.land, 4490) AS shape OFFSET 0) g
    ), pairs AS (
        SELECT a.n, p.case_id, c.number, c.code, c.status, c.mining_right,
               CASE WHEN c.mining_right THEN heights_meet(a.top, a.bottom, height(p.facts, top_names),
                                                          height(p.facts, bottom_names)) ELSE '' END AS heights,
               ST_CollectionExtract(ST_Intersection(a.flat, on_plane(p.geom, plane)), 3) AS common
        FROM asked a JOIN parcels p ON p.geom && a.box
        JOIN (SELECT k.*, coalesce(k.cover->>'business_type' = ANY (mining), false) AS mining_right FROM cases k) c
          ON c.id = p.case_id
        WHERE nullif(current_setting('app.jurisdiction', true), '') IS NOT NULL
          AND p.case_id IS DISTINCT FROM own
          AND (c.status NOT IN ('decided', 'archived') OR c.passes IS NOT FALSE)
    )
    SELECT q.n,
           CASE WHEN starts_with(q.code, current_setting('app.jurisdiction', true)) OR EXISTS (
               SELECT 1 FROM case_access a
               WHERE (a.office, a.case_id) = (current_setting('app.jurisdiction', true), q.case_id)
           ) THEN q.case_id END,
           q.number, q.code, q.status, q.mining_right, q.heights, ST_AsBinary(ST_Union(q.common))
    FROM pairs q WHERE NOT ST_IsEmpty(q.common)
    GROUP BY q.n, q.case_id, q.number, q.code, q.status, q.mining_right, q.heights
    ORDER BY q.n, q.number, q.case_id, q.heights LIMIT most
$$;

-- The same of reference layers: as the asking office, so only what it sees.
CREATE FUNCTION centre.layer_overlaps(asked_n int[], asked_land bytea[], tops double precision[],
                                      bottoms double precision[], plane int, layers text[], top_names text[],
                                      bottom_names text[], most int)
RETURNS TABLE (n int, layer text, code text, feature bigint, facts jsonb, heights text, land bytea)
LANGUAGE sql STABLE SECURITY INVOKER SET search_path = centre, public, pg_temp AS $$
    WITH asked AS MATERIALIZED (
        SELECT a.n, a.top, a.bottom, around(g.shape) AS box, on_plane(g.shape, plane) AS flat
        FROM unnest(asked_n, asked_land, tops, bottoms) AS a (n, land, top, bottom),
             LATERAL (SELECT ST_GeomFromWKB(a.land, 4490) AS shape OFFSET 0) g
    ), pairs AS (
        SELECT a.n, f.layer, f.code, f.n AS feature, f.attributes,
               heights_meet(a.top, a.bottom, height(f.attributes, top_names), height(f.attributes, bottom_names))
                   AS heights,
               ST_CollectionExtract(ST_Intersection(a.flat, on_plane(f.geom, plane)), 3) AS common
        FROM asked a JOIN features f ON f.geom && a.box
        JOIN newest v ON (v.layer, v.code, v.version) = (f.layer, f.code, f.version)
        WHERE f.layer = ANY (layers)
    )
    SELECT q.n, q.layer, q.code, q.feature, q.attributes, q.heights, ST_AsBinary(q.common)
    FROM pairs q WHERE NOT ST_IsEmpty(q.common) ORDER BY q.n, q.layer, q.code, q.feature LIMIT most
$$;
REVOKE ALL ON FUNCTION centre.layer_overlaps FROM PUBLIC;
GRANT EXECUTE ON FUNCTION centre.layer_overlaps TO landreview_service;
