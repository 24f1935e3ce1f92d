package org.khokahano.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class FrameReaderTest {
    private static final byte[] TWO = Bytes.ascii("\u000Bfirst\u001C\r\u000Bsecond\u001C\r");

    @Test
    @DisplayName("R1 frames are found wherever the reads are split")
    void shouldFindBothFramesWhenSplitAtAnyByte() {
        for (int split = 0; split <= TWO.length; split++) {
            List<String> frames = new ArrayList<>();
            FrameReader reader = new FrameReader();
            FrameReader.FrameListener listener =
                    (bytes, length) -> frames.add(new String(bytes, 0, length, StandardCharsets.US_ASCII));
            reader.read(Unpooled.wrappedBuffer(TWO, 0, split), listener);
            reader.read(Unpooled.wrappedBuffer(TWO, split, TWO.length - split), listener);
            assertThat(frames).as("split at %d", split).containsExactly("first", "second");
        }
    }

    @Test
    void shouldRefuseBytesBetweenFrames() {
        assertThatThrownBy(() ->
                        new FrameReader().read(Unpooled.wrappedBuffer(Bytes.ascii("noise")), (bytes, length) -> {}))
                .isInstanceOf(IllegalStateException.class);
    }
}
