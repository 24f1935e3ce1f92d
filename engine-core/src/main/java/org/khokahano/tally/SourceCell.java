package org.khokahano.tally;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.khokahano.store.ConformanceCounts;
import org.khokahano.store.ConformanceCounts.Checked;
import org.khokahano.store.ConformanceCounts.Example;
import org.khokahano.store.ConformanceCounts.Found;
import org.khokahano.store.ConformanceCounts.Kind;
import org.khokahano.store.ConformanceCounts.Source;
import org.khokahano.validation.Finding;
import org.khokahano.validation.JudgedMessage;
import org.khokahano.validation.Judgement;
import org.khokahano.validation.Place;
import org.khokahano.validation.Severity;

/** What was counted of one source. */
final class SourceCell {
    private final Period period;
    private final LongAdder messages = new LongAdder();
    private final LongAdder withFindings = new LongAdder();
    private final LongAdder[] findings = {new LongAdder(), new LongAdder(), new LongAdder()};
    private final ConcurrentMap<Kind, KindCell> kinds = new ConcurrentHashMap<>();

    SourceCell(Period period) {
        this.period = period;
    }

    void add(Judgement judgement, JudgedMessage message) {
        messages.increment();
        int told = 0;
        for (Severity severity : Severity.values()) {
            int count = judgement.told(severity);
            findings[severity.ordinal()].add(count);
            told += count;
        }
        if (told == 0) {
            return;
        }
        withFindings.increment();
        List<Finding> list = judgement.verdict().findings().list();
        Set<KindCell> seen = new HashSet<>(list.size() * 2);
        for (Finding finding : list) {
            if (judgement.isTold(finding.severity())) {
                KindCell cell = kind(kindOf(finding));
                cell.findings.increment();
                if (seen.add(cell)) {
                    cell.messages.increment();
                    cell.latest = new Example(
                            message.receivedMillis(),
                            finding.place().toString(),
                            message.id(),
                            message.isRefused(),
                            finding.sentence());
                }
            }
        }
    }

    private static Kind kindOf(Finding finding) {
        Place at = finding.place();
        Place place = at.segment().isEmpty()
                ? at
                : new Place(at.segment(), 1, at.field(), 0, at.component(), at.subcomponent());
        return new Kind(finding.layer(), finding.rule(), finding.severity(), place.toString());
    }

    void add(Checked counted) {
        messages.add(counted.messages());
        withFindings.add(counted.withFindings());
        findings[Severity.ERROR.ordinal()].add(counted.errors());
        findings[Severity.WARNING.ordinal()].add(counted.warnings());
        findings[Severity.INFORMATION.ordinal()].add(counted.informations());
    }

    void add(Found counted) {
        KindCell cell = kind(counted.kind());
        cell.messages.add(counted.messages());
        cell.findings.add(counted.findings());
        if (cell.latest == null) {
            cell.latest = counted.latest();
        }
    }

    private KindCell kind(Kind kind) {
        KindCell known = kinds.get(kind);
        if (known != null) {
            return known;
        }
        Kind counted = period.takeCell() ? kind : new Kind(kind.layer(), ConformanceCounts.OTHER, kind.severity(), "");
        return kinds.computeIfAbsent(counted, made -> new KindCell());
    }

    void collect(Source source, List<Checked> checked, List<Found> found) {
        checked.add(new Checked(
                source,
                messages.sum(),
                withFindings.sum(),
                findings[Severity.ERROR.ordinal()].sum(),
                findings[Severity.WARNING.ordinal()].sum(),
                findings[Severity.INFORMATION.ordinal()].sum()));
        kinds.forEach((kind, cell) -> {
            Example latest = cell.latest;
            if (latest != null) {
                found.add(new Found(source, kind, cell.messages.sum(), cell.findings.sum(), latest));
            }
        });
    }

    /** Findings of one kind. */
    private static final class KindCell {
        private final LongAdder messages = new LongAdder();
        private final LongAdder findings = new LongAdder();
        private volatile @Nullable Example latest;
    }
}
