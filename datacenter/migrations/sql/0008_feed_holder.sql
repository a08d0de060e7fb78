-- SPDX-License-Identifier: GPL-2.0-or-later
-- Who holds the feed back: the oldest open writing transaction of the cluster, in a session of any database, or prepared
-- and forgotten. Process, role and database, and nothing of what it does. The service's own role sees no other sessions;
-- the keeper does (a membership, which no dump carries: datacenter.storage.upgrade gives it).

CREATE FUNCTION centre.feed_holder() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = centre, pg_temp AS $$
    SELECT o.told FROM (
        SELECT a.backend_xid AS xid, format('process %s of PostgreSQL (%s in %s)', a.pid, a.usename, a.datname) AS told
            FROM pg_stat_activity a WHERE a.pid <> pg_backend_pid()
        UNION ALL
        SELECT p.transaction, format('prepared transaction %s (%s in %s)', p.gid, p.owner, p.database)
            FROM pg_prepared_xacts p) o
    WHERE o.xid = pg_snapshot_xmin(pg_current_snapshot())::xid
    LIMIT 1
$$;
