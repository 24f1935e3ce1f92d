package org.khokahano.engine;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.khokahano.config.AcceptConfig;
import org.khokahano.config.EngineConfig;
import org.khokahano.config.ListenerConfig;
import org.khokahano.message.Message;
import org.khokahano.message.UnreadableMessageException;
import org.khokahano.route.Origin;
import org.khokahano.store.archive.MessageArchive;
import org.khokahano.store.archive.MessageQuery;
import org.khokahano.store.archive.MessageSummary;
import org.khokahano.validation.Findings;
import org.khokahano.validation.Validator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has validators make the rules for the kinds of messages that will come, before they come: what the engine
 * received lately, and what listeners say that they take. Otherwise the first message of each kind would
 * hold up its event loop for up to some hundred milliseconds. A kind that nobody could foresee still does.
 */
final class RuleWarmUp {

    private static final Logger LOG = LoggerFactory.getLogger(RuleWarmUp.class);

    private static final int LATEST = 500;

    /** Of one type there may be several versions and structures. */
    private static final int EACH_TYPE = 3;

    private static final int MOST_MESSAGES = 150;

    private final MessageArchive archive;

    RuleWarmUp(MessageArchive archive) {
        this.archive = archive;
    }

    /** Begins, and returns when it is done or the time is over; what is left then goes on beside the engine. */
    void warm(EngineConfig config, ValidationAssembly validation, Duration atMost) {
        Collection<Validator> validators = validation.validators();
        if (validators.isEmpty()) {
            return;
        }
        FutureTask<Void> task = new FutureTask<>(() -> warm(config, validators), null);
        Thread thread = new Thread(task, "khoka-rules");
        thread.setDaemon(true);
        thread.start();
        try {
            task.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.debug("rules are still being made for kinds of messages that may come");
        } catch (ExecutionException e) {
            LOG.warn("rules could not be made beforehand; the first messages of each kind wait for them", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void warm(EngineConfig config, Collection<Validator> validators) {
        long began = System.nanoTime();
        List<Message> messages = new ArrayList<>();
        config.listeners().values().forEach(listener -> addConfigured(messages, listener));
        addSeen(messages);
        for (Message message : messages) {
            Origin origin = new Origin("", "", 0);
            // Without a step to take, a validator makes its rules and looks at nothing.
            validators.forEach(validator -> validator.validate(message, origin, new Findings(1, 0)));
        }
        LOG.info(
                "validation is prepared for what {} messages are, after {} ms",
                messages.size(),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
    }

    private static void addConfigured(List<Message> messages, ListenerConfig listener) {
        AcceptConfig accept = listener.accept();
        for (String version : accept.versions()) {
            for (String type : accept.types()) {
                if (messages.size() < MOST_MESSAGES) {
                    read(header(version, type)).ifPresent(messages::add);
                }
            }
        }
    }

    private static byte[] header(String version, String type) {
        return ("MSH|^~\\&|||||||" + type + "||P|" + version + "\r").getBytes(StandardCharsets.US_ASCII);
    }

    private void addSeen(List<Message> messages) {
        Map<String, Integer> taken = new HashMap<>();
        for (MessageSummary summary : archive.search(MessageQuery.all(LATEST)).messages()) {
            if (messages.size() < MOST_MESSAGES && taken.merge(summary.keys().type(), 1, Integer::sum) <= EACH_TYPE) {
                archive.message(summary.id())
                        .flatMap(message -> Optional.ofNullable(message.bytes()))
                        .flatMap(RuleWarmUp::read)
                        .ifPresent(messages::add);
            }
        }
    }

    private static Optional<Message> read(byte[] bytes) {
        try {
            return Optional.of(Message.read(bytes));
        } catch (UnreadableMessageException e) {
            return Optional.empty();
        }
    }
}
