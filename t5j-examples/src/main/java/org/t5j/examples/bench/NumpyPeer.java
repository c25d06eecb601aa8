package org.t5j.examples.bench;

import java.nio.file.Path;
import java.util.Optional;
import org.t5j.data.objective.ObjectiveConfig;

/**
 * Span corruption in numpy, in a process that has loaded segments of ids and makes batches of them when asked: the
 * algorithm of {@code FlaxDataCollatorForT5MLM} in Hugging Face's {@code run_t5_mlm_flax.py} (Apache-2.0). Its start-up is
 * in no figure.
 */
final class NumpyPeer implements AutoCloseable {
    private static final String SCRIPT = """
            import sys, time
            import numpy as np
            path, length, batch, vocab = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
            density, mean = float(sys.argv[5]), float(sys.argv[6])
            segments = np.fromfile(path, dtype='<i4').reshape(-1, length)

            def segmentation(items, parts):
                mask = np.arange(items - 1) < (parts - 1)
                np.random.shuffle(mask)
                ids = np.cumsum(np.pad(mask, [[1, 0]]))
                return np.unique(ids, return_counts=True)[1]

            def noise_mask(length):
                noise = min(max(int(np.round(length * density)), 1), length - 1)
                spans = max(int(np.round(min(noise, length - noise) / mean)), 1)
                lengths = np.stack([segmentation(length - noise, spans), segmentation(noise, spans)], axis=1)
                starts = np.cumsum(lengths.reshape(spans * 2))[:-1]
                indicator = np.zeros((length,), dtype=np.int8)
                indicator[starts] = True
                return np.equal(np.cumsum(indicator) % 2, 1)

            def sentinels(mask):
                starts = mask - np.roll(mask, 1, axis=-1) * mask
                starts[:, 0] = mask[:, 0]
                ids = np.where(starts != 0, np.cumsum(starts, axis=-1), starts)
                ids = np.where(ids != 0, vocab - ids, 0)
                return ids - (mask - starts)

            def filtered(ids, marks):
                full = np.where(marks != 0, marks, ids)
                kept = full[full >= 0].reshape((ids.shape[0], -1))
                return np.concatenate([kept, np.full((ids.shape[0], 1), 1, dtype=np.int32)], axis=-1)

            def collate(ids):
                mask = np.asarray([noise_mask(ids.shape[1]) for _ in range(ids.shape[0])])
                inputs = filtered(ids, sentinels(mask.astype(np.int8)))
                labels = filtered(ids, sentinels((~mask).astype(np.int8)))
                shifted = np.zeros_like(labels)
                shifted[:, 1:] = labels[:, :-1]
                return inputs, labels, shifted

            first = collate(segments[:batch])
            print(np.__version__, first[0].shape[1], first[1].shape[1], flush=True)
            for task in sys.stdin:
                order = np.random.permutation(len(segments))
                start = time.perf_counter()
                for i in range(0, len(order) - batch + 1, batch):
                    collate(segments[order[i:i + batch]])
                print(time.perf_counter() - start, flush=True)
            """;

    private final PythonPeer peer;

    private NumpyPeer(PythonPeer peer) {
        this.peer = peer;
    }

    /**
     * Starts {@code python}; empty where it has no module numpy.
     *
     * @param segments file of little-endian 32-bit ids, a whole number of segments
     * @param segmentLength ids in each
     * @param vocabSize sentinels included
     */
    static Optional<NumpyPeer> start(
            String python, Path segments, int segmentLength, int batch, int vocabSize, ObjectiveConfig objective) {
        return PythonPeer.start(
                        "numpy",
                        python,
                        SCRIPT,
                        segments,
                        segmentLength,
                        batch,
                        vocabSize,
                        objective.noiseDensity(),
                        objective.meanNoiseSpanLength())
                .map(NumpyPeer::new);
    }

    String version() {
        return peer.version();
    }

    /** Lengths of the inputs and labels that it makes, such as {@code 512 114}. */
    String lengths() {
        return peer.facts();
    }

    /** Seconds of one pass over all segments. */
    double seconds() {
        return peer.seconds("pass");
    }

    @Override
    public void close() {
        peer.close();
    }
}
