package org.khokahano.config.value;

/**
 * A place to listen on or to connect to.
 *
 * @param host a name or an address; an IPv6 address stands without its brackets
 * @param port 0 to 65535; 0 asks the system for a free one
 */
public record HostPort(String host, int port) {

    /** As it is written: IPv6 addresses in brackets. */
    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
