package org.t5j.core.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.t5j.core.kernel.Dropout;
import org.t5j.core.kernel.Sequences;

/** The distributions of the counter-based numbers, and that neighbouring keys and rows have nothing in common. */
class CounterRandomTest {
    private static final int COUNT = 200_000;

    @Test
    void normalValuesHaveMeanZeroAndDeviationOne() {
        double sum = 0;
        double squares = 0;
        double fourth = 0;
        for (int i = 0; i < COUNT; i++) {
            double x = CounterRandom.normal(42, i);
            sum += x;
            squares += x * x;
            fourth += x * x * x * x;
        }
        assertThat(sum / COUNT).isCloseTo(0, within(0.01));
        assertThat(squares / COUNT).isCloseTo(1, within(0.015));
        assertThat(fourth / COUNT).isCloseTo(3, within(0.15));
    }

    @Test
    void dropoutDropsTheRateAndKeepsTheMean() {
        Dropout dropout = new Dropout(CounterRandom.key(1, 2, 3), 0.1f, null);
        float[] row = new float[COUNT];
        dropout.maskInto(0, COUNT, row, 0);
        int dropped = 0;
        double sum = 0;
        for (float value : row) {
            dropped += value == 0 ? 1 : 0;
            sum += value;
        }
        assertThat(dropped / (double) COUNT).isCloseTo(0.1, within(0.003));
        assertThat(sum / COUNT).isCloseTo(1, within(0.004));
    }

    @Test
    void masksOfNeighbouringKeysRowsAndColumnsAreIndependent() {
        double keys = agreement(CounterRandom.key(7, 1), CounterRandom.key(7, 2), 0);
        double columns = agreement(CounterRandom.key(7, 1), CounterRandom.key(7, 1), 1);
        double rows = agreement(CounterRandom.key(7, 1), CounterRandom.key(7, 1), 512);
        assertThat(keys).isCloseTo(0.5, within(0.006));
        assertThat(columns).isCloseTo(0.5, within(0.006));
        assertThat(rows).isCloseTo(0.5, within(0.006));
    }

    private static double agreement(long a, long b, int shift) {
        int agree = 0;
        for (int i = 0; i < COUNT; i++) {
            agree += (CounterRandom.bits(a, i) < 0) == (CounterRandom.bits(b, i + shift) < 0) ? 1 : 0;
        }
        return agree / (double) COUNT;
    }

    @Test
    void rowsOfASequenceShareAMaskWhereAsked() {
        Dropout dropout = new Dropout(5, 0.5f, Sequences.of(4, 2).sequenceOfRow());
        assertThat(dropout.maskRow(3)).isEqualTo(dropout.maskRow(0));
        assertThat(dropout.maskRow(4)).isNotEqualTo(dropout.maskRow(3)).isEqualTo(dropout.maskRow(5));
    }
}
