package org.khokahano.bench.peer;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ChoiceDefinition;

/**
 * Apache Camel from MLLP to MLLP, nothing durable: the sender gets its answer after the receiver has
 * given his. One connection out for each lane; a producer sends one message at a time.
 */
public final class CamelRelay {
    private CamelRelay() {}

    public static void main(String[] arguments) throws Exception {
        RelaySettings settings = RelaySettings.from(System.getenv());
        DefaultCamelContext camel = new DefaultCamelContext();
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                ChoiceDefinition choice =
                        from(CamelEndpoints.in(settings)).routeId("relay").choice();
                for (int lane = 0; lane < settings.lanes(); lane++) {
                    int wanted = lane;
                    choice.when(exchange ->
                                    PatientLane.of(exchange.getMessage().getBody(byte[].class), settings.lanes())
                                            == wanted)
                            .to(CamelEndpoints.out(settings));
                }
            }
        });
        camel.start();
        Runtime.getRuntime().addShutdownHook(new Thread(camel::stop, "stop"));
        Thread.currentThread().join();
    }
}
