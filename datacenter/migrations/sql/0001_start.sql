-- SPDX-License-Identifier: GPL-2.0-or-later
-- Cases, custody, events, feed, files, people. Who sees what is decided here and nowhere else: see docs/datacenter.md.

CREATE SCHEMA centre;   -- what offices share, row by row
CREATE SCHEMA keeper;   -- people, tokens, attempts: reached through functions only

GRANT USAGE ON SCHEMA centre, keeper TO landreview_service, landreview_keeper;
GRANT landreview_keeper TO CURRENT_USER;

-- One row: which life of the database this is. A restore or a promoted copy is another life (function centre.adopt).
CREATE TABLE centre.life (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    feed_id text NOT NULL,
    system_identifier bigint NOT NULL,
    timeline int NOT NULL,
    database oid NOT NULL
);
INSERT INTO centre.life
    SELECT true, substr(md5(gen_random_uuid()::text), 1, 12), s.system_identifier, c.timeline_id, d.oid
    FROM pg_control_system() s, pg_control_checkpoint() c, pg_database d WHERE d.datname = current_database();

-- Every office that a case may go to. Names are public.
CREATE TABLE centre.offices (
    code text PRIMARY KEY CHECK (code ~ '^([0-9]{2}){1,3}([0-9]{3})?$'),
    name text NOT NULL
);

CREATE TABLE centre.cases (
    id uuid PRIMARY KEY,
    number text NOT NULL,
    code text NOT NULL CHECK (code ~ '^([0-9]{2}){1,3}([0-9]{3})?$'),
    holder text NOT NULL,
    holder_since timestamptz NOT NULL,
    sender text NOT NULL,                    -- who handed it over last: where a return goes
    epoch int NOT NULL,
    rev int NOT NULL,
    status text NOT NULL,
    passes boolean,
    corrections text[] NOT NULL DEFAULT '{}',
    package text NOT NULL,
    head text NOT NULL,                      -- of the offices' log
    event_count int NOT NULL,
    centre_head text NOT NULL DEFAULT '',    -- of the centre's log
    centre_count int NOT NULL DEFAULT 0,
    cover jsonb NOT NULL,                    -- core.model.case_file.CaseFile
    changed_at timestamptz NOT NULL
);
CREATE INDEX cases_code ON centre.cases (code text_pattern_ops, changed_at);
CREATE INDEX cases_holder ON centre.cases (holder);

-- Offices outside the case's own line (village < county < prefecture < province) that hold it or held it.
CREATE TABLE centre.case_access (
    office text NOT NULL,
    case_id uuid NOT NULL,
    PRIMARY KEY (office, case_id)
);
CREATE INDEX case_access_case ON centre.case_access (case_id);

CREATE TABLE centre.packages (
    case_id uuid NOT NULL,
    code text NOT NULL,
    sha256 text NOT NULL,
    manifest text NOT NULL,                  -- canonical JSON: its hash is sha256
    actor text NOT NULL,
    office text NOT NULL,
    at_server timestamptz NOT NULL,
    PRIMARY KEY (case_id, sha256)
);

CREATE TABLE centre.parts (
    case_id uuid NOT NULL,
    code text NOT NULL,
    package text NOT NULL,
    n int NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    media_type text NOT NULL,
    size bigint NOT NULL,
    sha256 text NOT NULL,
    PRIMARY KEY (case_id, package, n)
);
CREATE INDEX parts_sha256 ON centre.parts (sha256);

-- Small parts travel in the command and are committed with it: no file to sync, nothing half.
CREATE TABLE centre.bodies (
    case_id uuid NOT NULL,
    code text NOT NULL,
    sha256 text NOT NULL,
    body bytea NOT NULL,
    PRIMARY KEY (case_id, sha256)
);
CREATE INDEX bodies_sha256 ON centre.bodies (sha256);
ALTER TABLE centre.bodies ALTER COLUMN body SET COMPRESSION lz4;

-- The land of the package that counts, in one plane for all counties: CGCS2000 degrees.
CREATE TABLE centre.parcels (
    case_id uuid NOT NULL,
    code text NOT NULL,
    n int NOT NULL,
    number text NOT NULL,
    facts jsonb NOT NULL,
    epsg int NOT NULL,                       -- as handed in; the exact coordinates stand in the part
    geom geometry(MultiPolygon, 4490) NOT NULL,
    PRIMARY KEY (case_id, n)
);
CREATE INDEX parcels_geom ON centre.parcels USING gist (geom);
CREATE INDEX parcels_code ON centre.parcels (code text_pattern_ops);

-- What the review and the people of the package that counts say, for lists and figures; the part has it in full.
CREATE TABLE centre.findings (
    case_id uuid NOT NULL,
    code text NOT NULL,
    n int NOT NULL,
    rule text NOT NULL,
    rule_version text NOT NULL,
    layer text NOT NULL,
    data_date date,
    parcel text NOT NULL,                    -- empty: the whole case
    verdict text NOT NULL,
    severity text NOT NULL,
    area_m2 double precision NOT NULL,
    count int NOT NULL,
    distance_m double precision,
    reason_zh text NOT NULL,
    reason_en text NOT NULL,
    PRIMARY KEY (case_id, n)
);
CREATE INDEX findings_code ON centre.findings (code text_pattern_ops, rule, verdict);
CREATE TABLE centre.areas (
    case_id uuid NOT NULL,
    code text NOT NULL,
    n int NOT NULL,
    parcel text NOT NULL,
    layer text NOT NULL,
    class text NOT NULL,
    land_group text NOT NULL,
    ownership text NOT NULL,
    owner_code text NOT NULL,
    owner_name text NOT NULL,
    area_m2 numeric NOT NULL,
    PRIMARY KEY (case_id, n)
);
CREATE INDEX areas_code ON centre.areas (code text_pattern_ops);
CREATE TABLE centre.opinions (
    case_id uuid NOT NULL,
    code text NOT NULL,
    n int NOT NULL,
    person text NOT NULL,
    role text NOT NULL,
    passes boolean NOT NULL,
    conclusion text NOT NULL,
    result_digest text NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (case_id, n)
);

CREATE TABLE centre.events (
    case_id uuid NOT NULL,
    code text NOT NULL,
    stream text NOT NULL CHECK (stream IN ('office', 'centre')),
    no int NOT NULL,
    kind text NOT NULL,
    actor text NOT NULL,
    office text NOT NULL,
    at_client text NOT NULL,                 -- as written: the hash is over the text
    body text NOT NULL,
    prev text NOT NULL,
    hash text NOT NULL,
    at_server timestamptz NOT NULL,
    rev int NOT NULL,
    holder text NOT NULL,
    epoch int NOT NULL,
    PRIMARY KEY (case_id, stream, no)
);

-- The order in which events may be read: transaction and sequence. Rebuilt when the database begins another life.
CREATE TABLE centre.feed (
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    seq bigint GENERATED ALWAYS AS IDENTITY,
    case_id uuid NOT NULL,
    code text NOT NULL,
    stream text NOT NULL,
    no int NOT NULL,
    at_server timestamptz NOT NULL,
    PRIMARY KEY (xid, seq)
);

CREATE SEQUENCE centre.receipt_number;
CREATE TABLE centre.receipts (
    number text PRIMARY KEY,
    principal uuid NOT NULL,
    command uuid NOT NULL,                   -- the Idempotency-Key
    office text NOT NULL,
    case_id uuid NOT NULL,
    code text NOT NULL,
    body_sha256 text NOT NULL,
    answer text NOT NULL,
    at_server timestamptz NOT NULL,
    UNIQUE (principal, command)
);
CREATE INDEX receipts_case ON centre.receipts (case_id);

CREATE TABLE centre.quarantine (
    id uuid NOT NULL,                        -- of the command
    office text NOT NULL,
    actor text NOT NULL,
    case_id uuid NOT NULL,
    number text NOT NULL,
    reasons jsonb NOT NULL,
    command text NOT NULL,
    at_server timestamptz NOT NULL,
    PRIMARY KEY (id, office)
);
CREATE INDEX quarantine_office ON centre.quarantine (office text_pattern_ops, at_server);

-- Which office has proved that it has a file. The bytes are kept once; knowing a hash opens nothing.
CREATE TABLE centre.holdings (
    sha256 text NOT NULL,
    office text NOT NULL,
    size bigint NOT NULL,
    at_server timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (sha256, office)
);

CREATE TABLE centre.audit (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at_server timestamptz NOT NULL DEFAULT clock_timestamp(),
    actor text NOT NULL,
    office text NOT NULL,
    action text NOT NULL,
    about text NOT NULL DEFAULT '',
    address text NOT NULL DEFAULT '',
    request text NOT NULL DEFAULT ''
);
CREATE INDEX audit_office ON centre.audit (office text_pattern_ops, id);

-- What was written once stays, whoever asks.
CREATE FUNCTION centre.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are never changed or deleted', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['events', 'receipts', 'audit', 'packages', 'parts', 'bodies'] LOOP
        EXECUTE format('CREATE TRIGGER only_added BEFORE UPDATE OR DELETE ON centre.%I
                        FOR EACH ROW EXECUTE FUNCTION centre.refuse()', name);
        EXECUTE format('CREATE TRIGGER only_added_truncate BEFORE TRUNCATE ON centre.%I
                        FOR EACH STATEMENT EXECUTE FUNCTION centre.refuse()', name);
    END LOOP;
END $$;

-- People ---------------------------------------------------------------------------------------------------------

CREATE TABLE keeper.users (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    name text NOT NULL UNIQUE,
    office text NOT NULL REFERENCES centre.offices,
    role text NOT NULL CHECK (role IN ('window', 'technician', 'reviewer', 'leader', 'administrator', 'auditor')),
    password text NOT NULL,                  -- argon2id
    certificate text UNIQUE,                 -- SHA-256 of a client certificate
    disabled boolean NOT NULL DEFAULT false
);
CREATE TABLE keeper.tokens (
    hash bytea PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES keeper.users,
    family uuid NOT NULL,                    -- one sign-in and all that was refreshed from it
    refresh boolean NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz
);
CREATE INDEX tokens_family ON keeper.tokens (family);
CREATE INDEX tokens_user ON keeper.tokens (user_id);
CREATE TABLE keeper.attempts (
    name text NOT NULL,
    address text NOT NULL,
    at_server timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX attempts_name ON keeper.attempts (name, at_server);
CREATE INDEX attempts_address ON keeper.attempts (address, at_server);

-- Rights -------------------------------------------------------------------------------------------------------

GRANT SELECT ON ALL TABLES IN SCHEMA centre TO landreview_service;
GRANT INSERT ON ALL TABLES IN SCHEMA centre TO landreview_service;
REVOKE INSERT ON centre.life, centre.offices FROM landreview_service;
GRANT UPDATE ON centre.cases TO landreview_service;
GRANT DELETE ON centre.parcels, centre.findings, centre.areas, centre.opinions TO landreview_service;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA centre TO landreview_service;
GRANT ALL ON ALL TABLES IN SCHEMA centre, keeper TO landreview_keeper;
GRANT ALL ON ALL SEQUENCES IN SCHEMA centre, keeper TO landreview_keeper;

-- A row is seen by the offices in whose code its own begins, and by who holds or held the case.
-- nullif: after a commit a pooled connection reads the setting as '' and would else match every row.
DO $$
DECLARE
    mine text := $m$nullif(current_setting('app.jurisdiction', true), '')$m$;
    range text;
    seen text;
    name text;
BEGIN
    range := format('(%%1$s ~>=~ %s AND %%1$s ~<~ (%s || ''~''))', mine, mine);
    seen := format(range, 'code')
        || format(' OR case_id IN (SELECT a.case_id FROM centre.case_access a WHERE a.office = %s)', mine);
    FOREACH name IN ARRAY ARRAY['packages', 'parts', 'bodies', 'parcels', 'findings', 'areas', 'opinions', 'events', 'feed',
                                'receipts'] LOOP
        EXECUTE format('CREATE POLICY seen ON centre.%I USING (%s)', name, seen);
    END LOOP;
    EXECUTE format('CREATE POLICY seen ON centre.cases USING (%s)', replace(seen, 'case_id IN', 'id IN'));
    FOREACH name IN ARRAY ARRAY['quarantine', 'holdings'] LOOP
        EXECUTE format('CREATE POLICY seen ON centre.%I USING (%s)', name, format(range, 'office'));
    END LOOP;
    EXECUTE format('CREATE POLICY seen ON centre.case_access FOR SELECT USING (%s)', format(range, 'office'));
    EXECUTE 'CREATE POLICY given ON centre.case_access FOR INSERT WITH CHECK (true)';
    EXECUTE format('CREATE POLICY seen ON centre.audit FOR SELECT USING (%s)', format(range, 'office'));
    EXECUTE 'CREATE POLICY written ON centre.audit FOR INSERT WITH CHECK (true)';
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'centre' AND tablename NOT IN ('life', 'offices') LOOP
        EXECUTE format('ALTER TABLE centre.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', name);
    END LOOP;
END $$;

-- Functions that see everything; each answers one question. --------------------------------------------------------

CREATE FUNCTION keeper.find_user(wanted text)
RETURNS TABLE (id uuid, name text, office text, role text, password text, disabled boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = keeper, pg_temp AS $$
    SELECT u.id, u.name, u.office, u.role, u.password, u.disabled FROM users u WHERE u.name = wanted
$$;

CREATE FUNCTION keeper.find_certificate(fingerprint text)
RETURNS TABLE (id uuid, name text, office text, role text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = keeper, pg_temp AS $$
    SELECT u.id, u.name, u.office, u.role FROM users u WHERE u.certificate = fingerprint AND NOT u.disabled
$$;

CREATE FUNCTION keeper.session(token bytea)
RETURNS TABLE (id uuid, name text, office text, role text, family uuid, expires_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = keeper, pg_temp AS $$
    SELECT u.id, u.name, u.office, u.role, t.family, t.expires_at
    FROM tokens t JOIN users u ON u.id = t.user_id
    WHERE t.hash = token AND NOT t.refresh AND t.expires_at > now() AND NOT u.disabled
$$;

CREATE FUNCTION keeper.issue(person uuid, of_family uuid, access bytea, access_until timestamptz,
                             refresh bytea, refresh_until timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = keeper, pg_temp AS $$
    DELETE FROM tokens WHERE expires_at < now() AND user_id = person;
    INSERT INTO tokens VALUES (access, person, of_family, false, access_until), (refresh, person, of_family, true, refresh_until)
$$;

-- A refresh token works once: the first use gives its person and family, a second one ends the whole family.
CREATE FUNCTION keeper.rotate(token bytea)
RETURNS TABLE (id uuid, name text, office text, role text, family uuid, reused boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = keeper, pg_temp AS $$
DECLARE given tokens%ROWTYPE;
BEGIN
    SELECT * INTO given FROM tokens t WHERE t.hash = token AND t.refresh FOR UPDATE;
    IF NOT FOUND OR given.expires_at < now() THEN RETURN; END IF;
    IF given.used_at IS NOT NULL THEN
        DELETE FROM tokens t WHERE t.family = given.family;
    ELSE
        DELETE FROM tokens t WHERE t.family = given.family AND NOT t.refresh;
        UPDATE tokens t SET used_at = now() WHERE t.hash = token;
    END IF;
    RETURN QUERY SELECT u.id, u.name, u.office, u.role, given.family, given.used_at IS NOT NULL
        FROM users u WHERE u.id = given.user_id AND NOT u.disabled;
END $$;

CREATE FUNCTION keeper.revoke(of_family uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = keeper, pg_temp AS $$ DELETE FROM tokens WHERE family = of_family $$;

CREATE FUNCTION keeper.failures(of_name text, of_address text, since timestamptz)
RETURNS TABLE (by_name bigint, by_address bigint)
LANGUAGE sql SECURITY DEFINER SET search_path = keeper, pg_temp AS $$
    SELECT (SELECT count(*) FROM attempts a WHERE a.name = of_name AND a.at_server > since),
           (SELECT count(*) FROM attempts a WHERE a.address = of_address AND a.at_server > since)
$$;
CREATE FUNCTION keeper.failed(of_name text, of_address text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = keeper, pg_temp AS $$
    DELETE FROM attempts WHERE at_server < now() - interval '1 day';
    INSERT INTO attempts VALUES (of_name, of_address)
$$;
CREATE FUNCTION keeper.succeeded(of_name text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = keeper, pg_temp AS $$ DELETE FROM attempts WHERE name = of_name $$;

-- An office sees and changes its own people and those of the offices below it.
CREATE FUNCTION keeper.people(under text)
RETURNS TABLE (name text, office text, role text, disabled boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = keeper, pg_temp AS $$
    SELECT u.name, u.office, u.role, u.disabled FROM users u
    WHERE starts_with(u.office, under) AND under <> '' ORDER BY u.office, u.name
$$;
CREATE FUNCTION keeper.put_user(of_name text, of_office text, of_role text, of_password text, of_certificate text,
                                is_disabled boolean, under text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = keeper, pg_temp AS $$
DECLARE one uuid;
BEGIN
    IF under = '' OR NOT starts_with(of_office, under) THEN RETURN false; END IF;
    INSERT INTO users AS u (name, office, role, password, certificate, disabled)
        VALUES (of_name, of_office, of_role, of_password, nullif(of_certificate, ''), is_disabled)
        ON CONFLICT (name) DO UPDATE SET office = excluded.office, role = excluded.role,
            password = CASE excluded.password WHEN '' THEN u.password ELSE excluded.password END,
            certificate = excluded.certificate, disabled = excluded.disabled
        WHERE starts_with(u.office, under)
        RETURNING u.id INTO one;
    IF one IS NULL THEN RETURN false; END IF;
    DELETE FROM tokens t WHERE t.user_id = one;   -- a changed person signs in anew
    RETURN true;
END $$;

CREATE FUNCTION keeper.put_office(of_code text, of_name text, under text) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = centre, pg_temp AS $$
    INSERT INTO offices SELECT of_code, of_name WHERE under <> '' AND starts_with(of_code, under)
        ON CONFLICT (code) DO UPDATE SET name = excluded.name RETURNING true
$$;

-- Codes of the events after a place in the feed, so that a waiting reader is woken by its own only.
CREATE FUNCTION centre.codes_after(after_xid xid8, after_seq bigint, most int)
RETURNS TABLE (xid xid8, seq bigint, code text, also text[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = centre, pg_temp AS $$
    SELECT f.xid, f.seq, f.code, array(SELECT a.office FROM case_access a WHERE a.case_id = f.case_id)
    FROM feed f
    WHERE (f.xid, f.seq) > (after_xid, after_seq) AND f.xid < pg_snapshot_xmin(pg_current_snapshot())
    ORDER BY f.xid, f.seq LIMIT most
$$;
CREATE FUNCTION centre.feed_end() RETURNS TABLE (xid xid8, seq bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = centre, pg_temp AS $$
    SELECT f.xid, f.seq FROM feed f WHERE f.xid < pg_snapshot_xmin(pg_current_snapshot())
    ORDER BY f.xid DESC, f.seq DESC LIMIT 1
$$;
-- How long the oldest event that may not be read yet has been held back, in seconds.
CREATE FUNCTION centre.feed_lag() RETURNS double precision
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = centre, pg_temp AS $$
    SELECT coalesce(extract(epoch FROM clock_timestamp() - min(f.at_server)), 0)
    FROM feed f WHERE f.xid >= pg_snapshot_xmin(pg_current_snapshot())
$$;

-- Files that no package and no office of the last hours needs: the caller holds the lock that keeps commands out.
CREATE FUNCTION centre.orphans(before timestamptz, most int) RETURNS TABLE (sha256 text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = centre, pg_temp AS $$
    SELECT h.sha256 FROM holdings h GROUP BY h.sha256
    HAVING max(h.at_server) < before AND NOT EXISTS (SELECT 1 FROM parts p WHERE p.sha256 = h.sha256) LIMIT most
$$;
CREATE FUNCTION centre.forget(hashes text[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = centre, pg_temp AS $$
    DELETE FROM holdings h WHERE h.sha256 = ANY (hashes)
$$;
CREATE FUNCTION centre.unknown(hashes text[]) RETURNS TABLE (sha256 text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = centre, pg_temp AS $$
    SELECT h FROM unnest(hashes) h WHERE NOT EXISTS (SELECT 1 FROM holdings k WHERE k.sha256 = h)
$$;

-- Called at every start, and by restore: in another cluster, timeline or database the feed begins anew.
CREATE FUNCTION centre.adopt(anew boolean DEFAULT false) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = centre, pg_temp AS $$
DECLARE system bigint; line int; base oid; changed boolean;
BEGIN
    SELECT s.system_identifier, c.timeline_id, d.oid INTO system, line, base
        FROM pg_control_system() s, pg_control_checkpoint() c, pg_database d WHERE d.datname = current_database();
    UPDATE life SET feed_id = substr(md5(gen_random_uuid()::text), 1, 12),
                    system_identifier = system, timeline = line, database = base
        WHERE anew OR (system_identifier, timeline, database) IS DISTINCT FROM (system, line, base)
           OR EXISTS (SELECT 1 FROM feed WHERE xid > pg_current_xact_id());
    changed := FOUND;
    IF changed THEN UPDATE feed SET xid = pg_current_xact_id(); END IF;
    RETURN changed;
END $$;

CREATE VIEW centre.release WITH (security_invoker = true) AS
    SELECT (SELECT feed_id FROM centre.life) AS feed_id,
           (SELECT version_num FROM public.alembic_version) AS revision,
           (SELECT bool_and(p.proleakproof) FROM pg_proc p WHERE p.proname = 'geometry_overlaps') AS leakproof;
GRANT SELECT ON centre.release, public.alembic_version TO landreview_service;
