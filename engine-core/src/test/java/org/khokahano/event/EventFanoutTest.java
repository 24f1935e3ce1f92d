package org.khokahano.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.khokahano.send.OutcomeKind;
import org.khokahano.validation.JudgedMessage;

@Tag("unit")
class EventFanoutTest {

    private final List<String> told = new ArrayList<>();

    static Stream<Method> events() {
        return Arrays.stream(EngineEvents.class.getMethods());
    }

    @ParameterizedTest
    @MethodSource("events")
    @DisplayName("Every event reaches every listener in order, with what it carries")
    void shouldTellEveryListenerEachEvent(Method event) throws ReflectiveOperationException {
        EngineEvents fanout = new EventFanout(List.of(recording("first"), recording("second")));
        Object[] arguments =
                Arrays.stream(event.getParameterTypes()).map(this::sample).toArray();

        event.invoke(fanout, arguments);

        String call = event.getName() + Arrays.toString(arguments);
        assertThat(told).containsExactly("first " + call, "second " + call);
    }

    private EngineEvents recording(String name) {
        return (EngineEvents) Proxy.newProxyInstance(
                EngineEvents.class.getClassLoader(),
                new Class<?>[] {EngineEvents.class},
                (proxy, method, arguments) -> {
                    told.add(name
                            + ' '
                            + method.getName()
                            + Arrays.toString(arguments == null ? new Object[0] : arguments));
                    return null;
                });
    }

    private int next = 1;

    private Object sample(Class<?> type) {
        next++;
        if (type == int.class) {
            return next;
        } else if (type == long.class) {
            return (long) next;
        } else if (type == boolean.class) {
            return next % 2 == 0;
        } else if (type == Duration.class) {
            return Duration.ofMillis(next);
        } else if (type == OutcomeKind.class) {
            return OutcomeKind.values()[next];
        } else if (type == JudgedMessage.class) {
            return new JudgedMessage("facility" + next, "", next, next, false, List.of());
        } else if (type == String.class) {
            return "text" + next;
        }
        throw new IllegalArgumentException("an event carries a " + type + ", which the test does not know");
    }
}
