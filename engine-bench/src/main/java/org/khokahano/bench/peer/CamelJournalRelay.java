package org.khokahano.bench.peer;

import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.io.aio.AIOSequentialFileFactory;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.ExchangePattern;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ChoiceDefinition;
import org.springframework.jms.connection.CachingConnectionFactory;

/**
 * What a careful Camel user builds: MLLP into a queue of an embedded Artemis with a synced journal,
 * answered after the durable send, and a consumer for each lane that sends on over MLLP.
 */
public final class CamelJournalRelay {
    /** Artemis measures this on installation; its built-in 3.3 ms would hold each send back. */
    private static final int JOURNAL_BUFFER_TIMEOUT_NANOS = 100_000;

    private static final int CACHED_SESSIONS = 128;

    private static final long RETRY_MILLIS = 1_000;
    private static final long STOP_LIMIT_SECONDS = 10;

    private CamelJournalRelay() {}

    public static void main(String[] arguments) throws Exception {
        // Artemis frees its buffers through Netty, which from JDK 24 on can do that only this way;
        // without it the journal cannot be read again after a restart.
        System.setProperty("io.netty.noUnsafe", "false");
        RelaySettings settings = RelaySettings.from(System.getenv());
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ().setConfiguration(journal(settings));
        broker.start();
        if (!broker.getActiveMQServer().isActive()) {
            // It only logs why; without it nothing would be stored.
            System.exit(1);
        }
        DefaultCamelContext camel = new DefaultCamelContext();
        CachingConnectionFactory senders = new CachingConnectionFactory(new ActiveMQConnectionFactory("vm://0"));
        senders.setSessionCacheSize(CACHED_SESSIONS);
        camel.addComponent("store", JmsComponent.jmsComponent(senders));
        camel.addComponent("stored", JmsComponent.jmsComponent(new ActiveMQConnectionFactory("vm://0")));
        camel.getShutdownStrategy().setTimeout(STOP_LIMIT_SECONDS);
        camel.addRoutes(routes(settings));
        camel.start();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            camel.stop();
                            senders.destroy();
                            stop(broker);
                        },
                        "stop"));
        Thread.currentThread().join();
    }

    private static Configuration journal(RelaySettings settings) throws Exception {
        String data = settings.data().toString();
        return new ConfigurationImpl()
                .setPersistenceEnabled(true)
                .setSecurityEnabled(false)
                .setJournalType(AIOSequentialFileFactory.isSupported() ? JournalType.ASYNCIO : JournalType.NIO)
                .setJournalDirectory(data + "/journal")
                .setBindingsDirectory(data + "/bindings")
                .setPagingDirectory(data + "/paging")
                .setLargeMessagesDirectory(data + "/large")
                .setJournalSyncTransactional(true)
                .setJournalSyncNonTransactional(true)
                .setJournalBufferTimeout_NIO(JOURNAL_BUFFER_TIMEOUT_NANOS)
                .setJournalBufferTimeout_AIO(JOURNAL_BUFFER_TIMEOUT_NANOS)
                .setMaxDiskUsage(-1)
                .addAcceptorConfiguration("vm", "vm://0");
    }

    private static RouteBuilder routes(RelaySettings settings) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                ChoiceDefinition choice =
                        from(CamelEndpoints.in(settings)).routeId("store").choice();
                for (int lane = 0; lane < settings.lanes(); lane++) {
                    int wanted = lane;
                    choice.when(exchange ->
                                    PatientLane.of(exchange.getMessage().getBody(byte[].class), settings.lanes())
                                            == wanted)
                            .to(ExchangePattern.InOnly, "store:queue:lane" + lane + "?jmsMessageType=Bytes");
                    // Acknowledged to the broker after the receiver's answer, without waiting for it.
                    from("stored:queue:lane" + lane
                                    + "?concurrentConsumers=1&acknowledgementModeName=CLIENT_ACKNOWLEDGE")
                            .routeId("lane" + lane)
                            // In the route, so that order is kept; the broker would drop after 10 tries.
                            .errorHandler(defaultErrorHandler()
                                    .maximumRedeliveries(-1)
                                    .redeliveryDelay(RETRY_MILLIS)
                                    .logStackTrace(false))
                            .to(CamelEndpoints.out(settings));
                }
            }
        };
    }

    private static void stop(EmbeddedActiveMQ broker) {
        try {
            broker.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The broker did not stop cleanly", e);
        }
    }
}
