package org.khokahano.bench.peer;

/** The MLLP ends that both Camel peers share. */
final class CamelEndpoints {
    private CamelEndpoints() {}

    /**
     * Bytes instead of strings, no header parsing, and room for every connection: the default of 5
     * consumers resets the sixth.
     */
    static String in(RelaySettings settings) {
        return "mllp:127.0.0.1:" + settings.inPort()
                + "?maxConcurrentConsumers=2000&backlog=1024&hl7Headers=false&stringPayload=false&autoAck=true";
    }

    /** Each use of it in a route makes a producer, and so a connection, of its own. */
    static String out(RelaySettings settings) {
        return "mllp:127.0.0.1:" + settings.outPort() + "?hl7Headers=false&stringPayload=false";
    }
}
