package org.khokahano.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.khokahano.loop.EngineClock;
import org.slf4j.LoggerFactory;

@Tag("unit")
class EventLogTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger(EventLog.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final SetClock clock = new SetClock();
    private final EventLog log = new EventLog(clock);

    /** Goes on only when it is told to. */
    private static final class SetClock implements EngineClock {
        private long nanos;

        @Override
        public long wallMillis() {
            return 0;
        }

        @Override
        public long nanoTime() {
            return nanos;
        }
    }

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(lines);
    }

    private List<String> text() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    @DisplayName("F17 ten thousand bad frames are one line, and the next line says how many were left out")
    void shouldWriteOneLineOfAKindAndCountTheOthers() {
        for (int i = 0; i < 10_000; i++) {
            log.quarantined("qmmh-ehr", "noMsh", 11);
        }
        assertThat(text()).containsExactly("listener qmmh-ehr: 11 bytes quarantined: noMsh");

        clock.nanos += Duration.ofSeconds(10).toNanos();
        log.quarantined("qmmh-ehr", "noMsh", 12);

        assertThat(text())
                .hasSize(2)
                .last()
                .isEqualTo("listener qmmh-ehr: 12 bytes quarantined: noMsh (9999 more since the last line)");
    }

    @Test
    @DisplayName(
            "A delivery that is held at receipt is a line with message, destination and reason, one in ten seconds")
    void shouldTellOfHeldDeliveries() {
        for (long id = 7; id < 10; id++) {
            log.held("lis", id, "no row for the code at OBR-4 in table local");
        }
        log.held("registry", 9, "mapping adt, step 3: invalid date");

        clock.nanos += Duration.ofSeconds(10).toNanos();
        log.held("lis", 10, "no row for the code at OBR-4 in table local");

        assertThat(text())
                .containsExactly(
                        "destination lis: message 7 is held: no row for the code at OBR-4 in table local",
                        "destination registry: message 9 is held: mapping adt, step 3: invalid date",
                        "destination lis: message 10 is held: no row for the code at OBR-4 in table local (2 more since"
                                + " the last line)");
    }

    @Test
    @DisplayName("F17 a flood of one kind hides neither another kind nor the same of another listener")
    void shouldKeepKindsAndListenersApart() {
        for (int i = 0; i < 100; i++) {
            log.quarantined("qmmh-ehr", "noMsh", 11);
        }
        log.quarantined("motebang-ehr", "noMsh", 11);
        log.rejected("qmmh-ehr", "tooLong", Duration.ofMillis(1));

        assertThat(text())
                .containsExactly(
                        "listener qmmh-ehr: 11 bytes quarantined: noMsh",
                        "listener motebang-ehr: 11 bytes quarantined: noMsh",
                        "listener qmmh-ehr: message rejected: tooLong");
    }

    @Test
    void shouldSayWhatBecomesOfAMessageThatNoRouteTakes() {
        log.unrouted("ehr", 1, false);
        log.unrouted("lis", 2, true);

        assertThat(text())
                .containsExactly(
                        "listener ehr: no route takes message 1; it is stored",
                        "listener lis: no route takes message 2; it is held until somebody decides");
    }
}
