package org.khokahano.mllp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("socket")
class ReliefWatchTest {

    @Test
    @DisplayName("F4 connections that come and go while a disk hangs leave nothing waiting in the store")
    void shouldAskTheStoreOnceForEachEventLoop() throws Exception {
        try (ListenerFixture fixture =
                new ListenerFixture(ListenerFixture.framing(500, java.time.Duration.ofSeconds(30), false))) {
            fixture.store.saturate();
            for (int i = 0; i < 50; i++) {
                try (ScriptedClient client = fixture.connect()) {
                    org.awaitility.Awaitility.await().until(() -> fixture.listener.connectionCount() > 0);
                }
                org.awaitility.Awaitility.await().until(() -> fixture.listener.connectionCount() == 0);
            }
            assertThat(fixture.store.waitingForRelief()).isBetween(1, 2);
        }
    }
}
