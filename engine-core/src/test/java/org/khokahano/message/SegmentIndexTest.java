package org.khokahano.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class SegmentIndexTest {

    private static final String[] NAMES = {"OBX", "OBX", "OBX", "NTE", "OBR"};

    @Test
    @DisplayName("Segments of a name are found from any place as by walking over them, in long messages too")
    void shouldFindAsByWalking() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int segments : new int[] {5, 255, 256, 257, 3_000}) {
            int[] codes = new int[segments];
            for (int i = 0; i < segments; i++) {
                // The rare ones are far apart, and ZZZ stands at the beginning alone.
                int name = random.nextInt(200);
                codes[i] = SegmentNames.code(i == 0 ? "ZZZ" : NAMES[name < NAMES.length ? name : 0]);
            }
            SegmentIndex index = new SegmentIndex(new int[segments], new int[segments], codes, segments, 0);
            for (int round = 0; round < 500; round++) {
                int code = SegmentNames.code(new String[] {"OBX", "NTE", "OBR", "ZZZ", "PID"}[random.nextInt(5)]);
                int position = random.nextInt(segments + 1);
                int count = 0;
                int last = -1;
                int first = -1;
                for (int i = 0; i < segments; i++) {
                    boolean named = codes[i] == code;
                    first = named && first < 0 ? i : first;
                    last = named && i < position ? i : last;
                    count += named && i < position ? 1 : 0;
                }
                assertThat(index.lastBefore(code, position)).as("seed %d", seed).isEqualTo(last);
                assertThat(index.countBefore(code, position))
                        .as("seed %d", seed)
                        .isEqualTo(count);
                assertThat(index.find(code, 1)).as("seed %d", seed).isEqualTo(first);
            }
        }
    }
}
