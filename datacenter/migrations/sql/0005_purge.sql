-- SPDX-License-Identifier: GPL-2.0-or-later
-- What the feed keeps: every event of some time, and before it the newest of each log of each case. So a reader from the
-- start hears of every case, and fills what came before from the history; who is before the floor would miss something.

ALTER TABLE centre.life ADD COLUMN floor_xid xid8 NOT NULL DEFAULT '0', ADD COLUMN floor_seq bigint NOT NULL DEFAULT 0;

-- By transaction and never by time: a slow transaction's rows are older than the rows beside them. The floor is the last
-- place that was deleted: a reader at the end of a feed in which nothing happened for long misses nothing.
CREATE FUNCTION centre.purge_feed(before timestamptz) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = centre, pg_temp AS $$
DECLARE first_kept xid8; count bigint; last_xid xid8; last_seq bigint;
BEGIN
    first_kept := pg_snapshot_xmin(pg_current_snapshot());
    SELECT least(min(f.xid), first_kept) INTO first_kept FROM feed f WHERE f.at_server >= before;
    WITH gone AS (
        DELETE FROM feed f WHERE f.xid < first_kept AND EXISTS (
            SELECT 1 FROM feed newer WHERE newer.case_id = f.case_id AND newer.stream = f.stream AND newer.no > f.no
                AND newer.xid < pg_snapshot_xmin(pg_current_snapshot()))   -- one that may be read already
        RETURNING f.xid, f.seq)
    SELECT g.xid, g.seq, count(*) OVER () INTO last_xid, last_seq, count FROM gone g ORDER BY 1 DESC, 2 DESC LIMIT 1;
    UPDATE life SET floor_xid = last_xid, floor_seq = last_seq WHERE (floor_xid, floor_seq) < (last_xid, last_seq);
    RETURN coalesce(count, 0);
END $$;

CREATE OR REPLACE FUNCTION centre.adopt(anew boolean DEFAULT false) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = centre, pg_temp AS $$
DECLARE system bigint; line int; base oid; changed boolean;
BEGIN
    SELECT s.system_identifier, c.timeline_id, d.oid INTO system, line, base
        FROM pg_control_system() s, pg_control_checkpoint() c, pg_database d WHERE d.datname = current_database();
    UPDATE life SET feed_id = substr(md5(gen_random_uuid()::text), 1, 12), floor_xid = '0', floor_seq = 0,
                    system_identifier = system, timeline = line, database = base
        WHERE anew OR (system_identifier, timeline, database) IS DISTINCT FROM (system, line, base)
           OR EXISTS (SELECT 1 FROM feed WHERE xid > pg_current_xact_id());
    changed := FOUND;
    IF changed THEN UPDATE feed SET xid = pg_current_xact_id(); END IF;
    RETURN changed;
END $$;
