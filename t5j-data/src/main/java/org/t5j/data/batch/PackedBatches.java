package org.t5j.data.batch;

import java.util.ArrayList;
import java.util.List;
import org.t5j.data.DataException;
import org.t5j.data.TokenExample;

/**
 * Batches of full-length rows with several examples each, see {@link Packer}. With a single dataset the examples that
 * wait for a row at the end of an epoch are used up before the next one begins, so that every example is seen once before
 * any is seen again; the last rows of an epoch may therefore be less full.
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
            from.waiting().forEach(this::check);
            from.waiting().forEach(place -> packer.add(stream.at(place)));
        }
    }

    private void check(DataPosition.Place place) {
        DataException.check(
                place.part() < stream.parts(),
                "A data position holds an example of dataset %d, but there are %d. It is damaged; use another checkpoint.",
                place.part(),
                stream.parts());
    }

    @Override
    public Batch next() {
        List<List<TokenExample>> rows = new ArrayList<>();
        while (rows.size() < config.batchSize()) {
            rows.add(packer.row(this::refill));
        }
        return BatchRows.packed(rows, padding.maxInputs(), padding.maxTargets());
    }

    private void refill() {
        while (packer.size() < config.packWindow() && mayDraw()) {
            packer.add(stream.next());
        }
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
