package org.khokahano.mllp;

import io.netty.channel.Channel;
import java.util.ArrayDeque;

/**
 * The commit acknowledgements that a sender owes its partner for the answers of one connection (R47). They go out in
 * the order of what they are for, since nothing else in them says which that is.
 *
 * <p>What ends a send is committed at once: were it lost before it is durable, the message would go again, and the
 * partner would answer again.
 */
final class OwedCommits {

    private final Channel channel;
    private final ArrayDeque<Content> owed = new ArrayDeque<>();

    OwedCommits(Channel channel) {
        this.channel = channel;
    }

    /** One content that came; it counts as kept unless somebody takes time to keep it. */
    final class Content {
        private boolean open;
        private boolean kept = true;

        /** Whether it is kept is not known yet; {@link #end} says it. */
        void waits() {
            open = true;
        }

        /** It is durable, or will not be. */
        void end(boolean durable) {
            open = false;
            kept = durable;
            write();
        }
    }

    /** Something came. Nothing is said of it before {@link #write}. */
    Content received() {
        Content content = new Content();
        owed.add(content);
        return content;
    }

    /** Writes what is known of what came, down to the first of which it is not; returns whether that is all. */
    boolean write() {
        boolean written = false;
        Content first = owed.peek();
        while (first != null && !first.open) {
            owed.remove();
            if (channel.isActive()) {
                channel.write(
                        FrameEncoder.encode(channel.alloc(), CommitFrames.content(first.kept)), channel.voidPromise());
                written = true;
            }
            first = owed.peek();
        }
        if (written) {
            channel.flush();
        }
        return first == null;
    }
}
