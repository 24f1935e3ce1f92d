package org.khokahano.config.value;

/**
 * A place to listen on or to connect to.
 *
 * @param host a name or an address; an IPv6 address stands without its brackets
 * @param port 0 to 65535; 0 asks the system for a free one
 */
public record HostPort(String host, int port) {

    /** Whether what goes to or comes from this host never leaves this machine. Asks no name server. */
    public static boolean isThisMachine(String host) {
        return host.equalsIgnoreCase("localhost")
                || host.matches("127(\\.[0-9]{1,3}){3}")
                || host.equals("::1")
                || host.equals("[::1]");
    }

    /** As it is written: IPv6 addresses in brackets. */
    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
