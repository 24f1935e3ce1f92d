/**
 * HL7 v2 over HTTP (HAPI's HL7-over-HTTP specification, and what partners do beside it): the listener
 * and the sender. Armeria owns sockets, HTTP and TLS here, nothing else; what a message means is
 * decided elsewhere. Must emit opened and closed connections and requests that were refused.
 */
@NullMarked
package org.khokahano.http;

import org.jspecify.annotations.NullMarked;
