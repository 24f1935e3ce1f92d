package org.khokahano.bench.micro;

import ca.uhn.hl7v2.model.Message;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * The steps as one writes them with Apache Camel: a route with the HL7 data format around a processor that
 * uses HAPI's Terser. Validation off, as for the others.
 */
final class CamelMapping implements AutoCloseable {
    private static final String ENTRY = "direct:map";

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final ProducerTemplate template;

    CamelMapping(TerserMapping steps) throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(ENTRY)
                        .unmarshal()
                        .hl7(false)
                        .process(exchange -> steps.edit(exchange.getMessage().getMandatoryBody(Message.class)))
                        .marshal()
                        .hl7(false);
            }
        });
        camel.start();
        template = camel.createProducerTemplate();
        template.start();
    }

    byte[] apply(byte[] message) {
        return template.requestBody(ENTRY, message, byte[].class);
    }

    @Override
    public void close() {
        template.stop();
        camel.stop();
    }
}
