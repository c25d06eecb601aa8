package org.t5j.tokenizer.train;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;
import java.util.stream.IntStream;

/** The lines of chunks as a list; a sentence is made when it is asked for. */
final class Sentences extends AbstractList<Sentence> implements RandomAccess {

    private final Chunk[] chunks;
    private final int[] starts;
    private final int[] order;
    private final int size;

    /** The order is that of {@code spm_train}, where the last line takes the place of one that is empty. */
    Sentences(List<Chunk> chunks) {
        this.chunks = chunks.toArray(Chunk[]::new);
        starts = new int[this.chunks.length];
        int total = 0;
        boolean gaps = false;
        for (int i = 0; i < starts.length; i++) {
            starts[i] = total;
            Chunk chunk = this.chunks[i];
            total = Math.addExact(total, chunk.size());
            gaps |= IntStream.range(0, chunk.size()).anyMatch(chunk::isEmpty);
        }
        order = gaps ? IntStream.range(0, total).toArray() : null;
        size = gaps ? fillGaps(total) : total;
    }

    private int fillGaps(int total) {
        int kept = total;
        for (int i = 0; i < kept; i++) {
            int chunk = chunkOf(order[i]);
            if (chunks[chunk].isEmpty(order[i] - starts[chunk])) {
                order[i] = order[--kept];
            }
        }
        return kept;
    }

    private int chunkOf(int line) {
        int found = Arrays.binarySearch(starts, line);
        int chunk = found >= 0 ? found : -found - 2;
        while (chunk + 1 < starts.length && starts[chunk + 1] <= line) {
            chunk++;
        }
        return chunk;
    }

    @Override
    public Sentence get(int index) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException(index);
        }
        int line = order == null ? index : order[index];
        int chunk = chunkOf(line);
        return chunks[chunk].sentence(line - starts[chunk]);
    }

    @Override
    public int size() {
        return size;
    }
}
