// SPDX-License-Identifier: GPL-2.0-or-later
// SHA-256 of the client certificate that TLS has verified, in hexadecimal digits; empty without one. nginx itself offers
// SHA-1 only. Needs the njs module (Debian: libnginx-mod-http-js).
import crypto from 'crypto';

function sha256(request) {
    const pem = request.variables.ssl_client_raw_cert;
    if (request.variables.ssl_client_verify !== 'SUCCESS' || !pem) {
        return '';
    }
    const der = Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64');
    return crypto.createHash('sha256').update(der).digest('hex');
}

export default { sha256 };
