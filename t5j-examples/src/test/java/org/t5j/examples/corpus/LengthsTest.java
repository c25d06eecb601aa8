package org.t5j.examples.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.t5j.data.TokenExample;
import org.t5j.data.batch.Batch;
import org.t5j.examples.corpus.Lengths.Bucket;

class LengthsTest {
    @Test
    void bucketsHoldEveryValueOnce() {
        Random random = new Random(2);
        for (int round = 0; round < 300; round++) {
            int spread = 1 + random.nextInt(3000);
            int[] values = random.ints(1 + random.nextInt(50), 5, 5 + spread).toArray();
            List<Bucket> buckets = new Lengths("things", values).buckets();
            assertThat(buckets).hasSizeBetween(1, 16);
            assertThat(buckets.stream().mapToInt(Bucket::count).sum()).isEqualTo(values.length);
            for (Bucket bucket : buckets) {
                assertThat(IntStream.of(values)
                                .filter(v -> v >= bucket.from() && v <= bucket.to())
                                .count())
                        .isEqualTo(bucket.count());
            }
        }
    }

    @Test
    void summaryHasQuantiles() {
        Lengths lengths = new Lengths("things", IntStream.rangeClosed(1, 100).toArray());
        assertThat(lengths.summary())
                .isEqualTo("things of 100: mean 50.5, shortest 1, median 51, 95 % up to 96, longest 100");
        assertThat(lengths.buckets()).hasSize(11).first().isEqualTo(new Bucket(0, 9, 9));
    }

    @Test
    void examplesComeOutOfBatchesAsTheyWentIn() {
        Batch plain = new Batch(2, 3, 2, new int[] {5, 0, 1, 7, 1, 0}, new int[] {4, 1, 1, -100});
        assertThat(ShownExample.of(plain))
                .extracting(e -> new TokenExample(e.inputs(), e.targets()))
                .containsExactly(
                        new TokenExample(new int[] {5, 0, 1}, new int[] {4, 1}),
                        new TokenExample(new int[] {7, 1}, new int[] {1}));
        Batch packed = new Batch(
                1, 5, 4, new int[] {5, 1, 7, 1, 0}, new int[] {4, 1, 1, -100}, new int[] {1, 1, 2, 2, 0}, new int[] {
                    1, 1, 2, 0
                });
        assertThat(ShownExample.of(packed))
                .extracting(e -> new TokenExample(e.inputs(), e.targets()))
                .containsExactly(
                        new TokenExample(new int[] {5, 1}, new int[] {4, 1}),
                        new TokenExample(new int[] {7, 1}, new int[] {1}));
        assertThat(ShownExample.of(packed)).extracting(ShownExample::segment).containsExactly(1, 2);
    }
}
