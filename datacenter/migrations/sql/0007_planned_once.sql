-- SPDX-License-Identifier: GPL-2.0-or-later
-- Who asks, planned once a connection. PostgreSQL before 18 plans the statement of a function in SQL at each call, and for
-- these two, which every request begins with, that was more than half of their time.

CREATE OR REPLACE FUNCTION keeper.session(token bytea)
RETURNS TABLE (id uuid, name text, office text, role text, family uuid, expires_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = keeper, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT u.id, u.name, u.office, u.role, t.family, t.expires_at
        FROM tokens t JOIN users u ON u.id = t.user_id
        WHERE t.hash = token AND NOT t.refresh AND t.expires_at > now() AND NOT u.disabled;
END $$;

CREATE OR REPLACE FUNCTION keeper.find_certificate(fingerprint text)
RETURNS TABLE (id uuid, name text, office text, role text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = keeper, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT u.id, u.name, u.office, u.role FROM users u WHERE u.certificate = fingerprint AND NOT u.disabled;
END $$;
