package org.t5j.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyRowsTest {

    @Test
    void evenlySpacedRowsHaveADistance() {
        assertThat(distance(4, 5, 6)).isEqualTo(1);
        assertThat(distance(3, 11)).isEqualTo(8);
        assertThat(distance(9)).isEqualTo(1);
    }

    @Test
    void otherRowsHaveNone() {
        assertThat(distance(4, 5, 7)).isZero();
        assertThat(distance(4, 4, 4)).isZero();
        assertThat(distance(6, 5, 4)).isZero();
    }

    @Test
    void onlyTheRowsOfTheQueryCount() {
        KeyRows keys = new KeyRows(new int[] {0, 3}, new int[] {3, 2}, new int[] {7, 1, 8, 2, 4});
        assertThat(keys.distance(0)).isZero();
        assertThat(keys.distance(1)).isEqualTo(2);
        assertThat(keys.maxLength()).isEqualTo(3);
    }

    private static int distance(int... rows) {
        return new KeyRows(new int[] {0}, new int[] {rows.length}, rows).distance(0);
    }
}
