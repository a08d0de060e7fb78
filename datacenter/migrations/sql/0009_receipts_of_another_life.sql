-- SPDX-License-Identifier: GPL-2.0-or-later
-- A backup knows nothing of the receipts that were given after it, and offices have printed them: in another life of the
-- database the numbers go on where the one before can't have come to.

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
    IF changed THEN
        UPDATE feed SET xid = pg_current_xact_id();
        IF EXISTS (SELECT 1 FROM receipts) THEN
            PERFORM setval('receipt_number', nextval('receipt_number') + 100000);
        END IF;
    END IF;
    RETURN changed;
END $$;
