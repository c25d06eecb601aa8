package org.t5j.train;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.t5j.data.TokenExample;
import org.t5j.data.dataset.Dataset;

/** Sixteen examples whose targets are one to four of their inputs: micro-batches differ in targets. */
record Copies() implements Dataset, Dataset.Epoch {
    @Override
    public String name() {
        return "copies";
    }

    @Override
    public int inputLength() {
        return 8;
    }

    @Override
    public int targetLength() {
        return 8;
    }

    @Override
    public long examples() {
        return size();
    }

    @Override
    public long checksum() {
        return 1;
    }

    @Override
    public Epoch epoch(long seed, long epoch) {
        return this;
    }

    @Override
    public long size() {
        return 16;
    }

    @Override
    public TokenExample example(long index) {
        int[] ids = IntStream.rangeClosed(0, (int) index % 4)
                .map(i -> 3 + ((int) index + i) % 16)
                .toArray();
        int[] ended = Arrays.copyOf(ids, ids.length + 1);
        ended[ids.length] = 1;
        return new TokenExample(ended, ended);
    }
}
