package org.khokahano.bench.peer;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.HapiContext;
import ca.uhn.hl7v2.app.Connection;
import ca.uhn.hl7v2.app.HL7Service;
import ca.uhn.hl7v2.llp.LLPException;
import ca.uhn.hl7v2.model.Message;
import ca.uhn.hl7v2.protocol.ReceivingApplication;
import ca.uhn.hl7v2.protocol.ReceivingApplicationException;
import ca.uhn.hl7v2.util.Terser;
import ca.uhn.hl7v2.util.idgenerator.InMemoryIDGenerator;
import ca.uhn.hl7v2.validation.impl.ValidationContextFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * HAPI's own server and client: parses each message, sends it on and answers after the receiver has.
 * Nothing durable; one client for each lane, one message at a time.
 */
public final class HapiRelay {
    private static final long ANSWER_TIMEOUT_SECONDS = 20;

    private HapiRelay() {}

    public static void main(String[] arguments) throws Exception {
        RelaySettings settings = RelaySettings.from(System.getenv());
        List<Lane> lanes = new ArrayList<>();
        for (int lane = 0; lane < settings.lanes(); lane++) {
            lanes.add(new Lane(settings.outPort()));
        }
        HL7Service server = context().newServer(settings.inPort(), false);
        server.registerApplication(new Forward(lanes));
        server.startAndWait();
        Runtime.getRuntime().addShutdownHook(new Thread(server::stop, "stop"));
        Thread.currentThread().join();
    }

    private static HapiContext context() {
        DefaultHapiContext context = new DefaultHapiContext(ValidationContextFactory.noValidation());
        context.getParserConfiguration().setIdGenerator(new InMemoryIDGenerator());
        return context;
    }

    /** A context of its own, because HAPI shares connections to the same place within one. */
    private static final class Lane {
        private final Connection connection;

        Lane(int port) throws HL7Exception {
            connection = context().newClient("127.0.0.1", port, false);
            connection.getInitiator().setTimeout(ANSWER_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        }

        synchronized Message send(Message message) throws HL7Exception, LLPException, IOException {
            return connection.getInitiator().sendAndReceive(message);
        }
    }

    private static final class Forward implements ReceivingApplication<Message> {
        private final List<Lane> lanes;

        Forward(List<Lane> lanes) {
            this.lanes = lanes;
        }

        @Override
        public boolean canProcess(Message message) {
            return true;
        }

        @Override
        public Message processMessage(Message message, Map<String, Object> metadata)
                throws ReceivingApplicationException, HL7Exception {
            String patient = new Terser(message).get("/PID-3-1");
            Lane lane = lanes.get(patient == null ? 0 : Math.floorMod(patient.hashCode(), lanes.size()));
            try {
                lane.send(message);
                return message.generateACK();
            } catch (LLPException | IOException e) {
                throw new ReceivingApplicationException("Could not send on", e);
            }
        }
    }
}
