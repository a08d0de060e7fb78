-- SPDX-License-Identifier: GPL-2.0-or-later
-- The purge in pieces: a writing transaction holds the feed back for every office as long as it lasts, and a million rows
-- in one took eight seconds. First the floor rises to where the purge will end, so who would miss something is told before
-- anything goes; then what lies below it goes, in transactions as short as the caller wants. Broken off, it only kept more.

DROP FUNCTION centre.purge_feed(timestamptz);

-- Places that may go: a newer one of the same log may be read already. Those that may not yet are few, at the end.
-- It asks the events, whose key is the log and the number; each event has its place in the feed from the same transaction.
CREATE VIEW centre.outdated WITH (security_invoker = true) AS
    SELECT f.ctid AS row_at, f.xid, f.seq FROM centre.feed f
    WHERE EXISTS (
        SELECT 1 FROM centre.events e WHERE e.case_id = f.case_id AND e.stream = f.stream AND e.no > f.no
            AND NOT EXISTS (SELECT 1 FROM centre.feed u WHERE u.xid >= pg_snapshot_xmin(pg_current_snapshot())
                                AND u.case_id = e.case_id AND u.stream = e.stream AND u.no = e.no));
GRANT SELECT ON centre.outdated TO landreview_keeper;

-- By transaction and never by time: a slow transaction's rows are older than the rows beside them. The floor is the last
-- place that will be deleted: a reader at the end of a feed in which nothing happened for long misses nothing.
-- Both functions go by the keys: how few rows a piece has is nothing that the planner can know.
CREATE FUNCTION centre.raise_floor(before timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = centre, pg_temp SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE first_kept xid8; last_xid xid8; last_seq bigint;
BEGIN
    SELECT least(min(f.xid), pg_snapshot_xmin(pg_current_snapshot())) INTO first_kept FROM feed f WHERE f.at_server >= before;
    SELECT o.xid, o.seq INTO last_xid, last_seq FROM outdated o WHERE o.xid < first_kept
        ORDER BY o.xid DESC, o.seq DESC LIMIT 1;
    UPDATE life SET floor_xid = last_xid, floor_seq = last_seq WHERE (floor_xid, floor_seq) < (last_xid, last_seq);
END $$;

-- Looks at the next ``most`` places after one, up to the floor. Answers how many it deleted and where it ended; no row at
-- the end. A newer event lies behind an older one in the feed, so a reader on its way from the start still meets the newest.
CREATE FUNCTION centre.purge_feed(after_xid xid8, after_seq bigint, most int)
RETURNS TABLE (gone bigint, xid xid8, seq bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = centre, pg_temp SET enable_hashjoin = off SET enable_mergejoin = off
SET enable_seqscan = off AS $$
BEGIN
    SELECT p.xid, p.seq INTO xid, seq FROM (
        SELECT f.xid, f.seq FROM feed f
        WHERE (f.xid, f.seq) > (after_xid, after_seq)
            AND (f.xid, f.seq) <= ((SELECT floor_xid FROM life), (SELECT floor_seq FROM life))
        ORDER BY f.xid, f.seq LIMIT most) p
    ORDER BY p.xid DESC, p.seq DESC LIMIT 1;
    IF NOT FOUND THEN RETURN; END IF;
    DELETE FROM feed f WHERE f.ctid = ANY (ARRAY(
        SELECT o.row_at FROM outdated o WHERE (o.xid, o.seq) > (after_xid, after_seq)
            AND (o.xid, o.seq) <= (purge_feed.xid, purge_feed.seq)));
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN NEXT;
END $$;
