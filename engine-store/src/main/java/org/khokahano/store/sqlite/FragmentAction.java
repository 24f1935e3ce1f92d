package org.khokahano.store.sqlite;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.khokahano.store.AppendResult;
import org.khokahano.store.fragment.FragmentResult;
import org.khokahano.store.fragment.FragmentResult.Outcome;
import org.khokahano.store.fragment.NewFragment;

/**
 * Stores a fragment where it belongs. A repetition is known by the digest of its bytes, which outlives
 * them: the bytes of a message's fragments are dropped when it is stored whole.
 */
final class FragmentAction implements JournalAction {

    private final FragmentRows rows;
    private final NewFragment fragment;
    private final byte[] digest;
    private volatile FragmentResult result = FragmentResult.not(Outcome.REFUSED);

    FragmentAction(FragmentRows rows, NewFragment fragment) {
        this.rows = rows;
        this.fragment = fragment;
        this.digest = digest(fragment.bytes());
    }

    private static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public long size() {
        return Append.OVERHEAD_BYTES + fragment.bytes().length;
    }

    /** What became of it; REFUSED until it was written. */
    FragmentResult result() {
        return result;
    }

    @Override
    public AppendResult write(CommitReport report) throws SQLException {
        result = decided();
        return AppendResult.stored(result.id(), fragment.receivedMillis(), false);
    }

    private FragmentResult decided() throws SQLException {
        FragmentRows.Row known = rows.known(fragment.listener(), digest, fragment.receivedMillis());
        if (known != null) {
            boolean unfinished = known.state() == FragmentRows.END;
            return of(unfinished ? Outcome.COMPLETE : Outcome.REPEATED, known);
        }
        FragmentRows.Row before = null;
        if (!fragment.isFirst()) {
            before = rows.waitingFor(fragment.listener(), fragment.channel(), fragment.follows());
        }
        Outcome problem = problem(before);
        if (problem != null) {
            return FragmentResult.not(problem);
        }
        rows.forgetOld(fragment.receivedMillis());
        FragmentRows.Row stored = rows.insert(fragment, digest, before);
        return of(fragment.isLast() ? Outcome.COMPLETE : Outcome.KEPT, stored);
    }

    private @Nullable Outcome problem(FragmentRows.@Nullable Row before) throws SQLException {
        if (before == null && !fragment.isFirst()) {
            return Outcome.NOTHING_TO_FOLLOW;
        }
        long length = fragment.bytes().length + (before == null ? 0 : rows.length(before.chain()));
        if (length > fragment.limits().maxBytes()) {
            return Outcome.TOO_LONG;
        }
        if (before == null
                && rows.pending(fragment.listener()) >= fragment.limits().maxPending()) {
            return Outcome.TOO_MANY;
        }
        boolean taken = !fragment.isLast()
                && !fragment.pointer().equals(fragment.follows())
                && rows.waitingFor(fragment.listener(), fragment.channel(), fragment.pointer()) != null;
        return taken ? Outcome.POINTER_IN_USE : null;
    }

    private FragmentResult of(Outcome outcome, FragmentRows.Row row) throws SQLException {
        return new FragmentResult(
                outcome,
                row.chain(),
                row.id(),
                row.number(),
                row.atMillis(),
                row.ackForm(),
                rows.firstControlId(row.chain()));
    }
}
