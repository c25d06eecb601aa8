package org.t5j.data.batch;

import java.util.ArrayList;
import java.util.List;
import org.t5j.data.DataException;
import org.t5j.data.TokenExample;

/**
 * Batches of full-length rows with several examples each, see {@link Packer}. With a single dataset the examples that
 * wait for a row at the end of an epoch are used up before the next one begins, so that every example is seen once before
 * any is seen again; the last rows of an epoch are therefore less full.
 */
final class PackedBatches implements Batches {
    private final ExampleStream stream;
    private final BatchConfig config;
    private final Padding padding;
    private final String fingerprint;
    private final Packer packer;

    PackedBatches(ExampleStream stream, BatchConfig config, Padding padding, String fingerprint, DataPosition from) {
        this.stream = stream;
        this.config = config;
        this.padding = padding;
        this.fingerprint = fingerprint;
        this.packer = new Packer(padding.maxInputs(), padding.maxTargets());
        if (!from.atStart()) {
            stream.restore(from);
            DataException.check(
                    from.waiting().size() <= config.packWindow()
                            && from.waiting().stream().allMatch(place -> place.part() < stream.parts()),
                    "The data position holds examples that cannot wait for a row here: %s. It is damaged; use another"
                            + " checkpoint.",
                    from.waiting());
            from.waiting().forEach(place -> packer.add(stream.at(place)));
        }
    }

    @Override
    public Batch next() {
        List<List<TokenExample>> rows = new ArrayList<>();
        while (rows.size() < config.batchSize()) {
            while (packer.size() < config.packWindow() && mayDraw()) {
                packer.add(stream.next());
            }
            rows.add(packer.row());
        }
        return BatchRows.packed(rows, padding.maxInputs(), padding.maxTargets());
    }

    private boolean mayDraw() {
        return stream.parts() > 1
                || packer.size() == 0
                || packer.waiting().get(0).epoch() == stream.epoch();
    }

    @Override
    public DataPosition position() {
        return new DataPosition(fingerprint, stream.drawn(), 0, stream.cursors(), packer.waiting());
    }
}
