package org.t5j.core.kernel.cpu;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.XOR;
import static org.t5j.core.kernel.cpu.VectorMemory.FLOATS;
import static org.t5j.core.kernel.cpu.VectorMemory.STEP;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** Functions of a vector, inlined where they are called. NaN stays NaN. */
final class VectorMath {
    private static final VectorSpecies<Integer> INTS = FLOATS.withLanes(int.class);
    private static final int GOLDEN = 0x9E3779B1;
    /** What the hash of {@link org.t5j.core.tensor.CounterRandom#bits} starts with, for indices 0, 1, 2 …. */
    private static final IntVector HASH_OF_LANES =
            IntVector.zero(INTS).addIndex(1).mul(GOLDEN);

    private static final float SMALLEST = -88f;

    /** Exchange lanes whose numbers differ by so many. */
    static final VectorShuffle<Float> SWAP_1 = swap(1);

    static final VectorShuffle<Float> SWAP_2 = swap(2);
    static final VectorShuffle<Float> SWAP_4 = swap(4);
    static final VectorShuffle<Float> SWAP_8 = swap(8);

    private VectorMath() {}

    private static VectorShuffle<Float> swap(int distance) {
        return VectorShuffle.fromOp(FLOATS, lane -> (lane ^ distance) % STEP);
    }

    /**
     * The sum of all lanes in one fixed order. The order of the Vector API's own sum is left open, and on newer JVMs it
     * changes when a method is compiled: the same training would end with other bits each time.
     */
    static float sum(FloatVector x) {
        FloatVector sum = x;
        if (STEP > 8) {
            sum = sum.add(sum.rearrange(SWAP_8));
        }
        if (STEP > 4) {
            sum = sum.add(sum.rearrange(SWAP_4));
        }
        if (STEP > 2) {
            sum = sum.add(sum.rearrange(SWAP_2));
        }
        return sum.add(sum.rearrange(SWAP_1)).lane(0);
    }

    /** {@code exp(x)} for {@code x <= 0}, 0 where that is no normal float; relative error below 2e-7. */
    static FloatVector expOfNegative(FloatVector x) {
        return exp(atLeast(x, SMALLEST));
    }

    /**
     * {@code exp(x)} for x from -88 to 88, by {@code 2^n exp(r)} with the integer n next to {@code x / ln 2}. Adding 1.5
     * 2^23 rounds to an integer, whose low bits then are those of the float; with another 127 they are the exponent of
     * {@code 2^n}.
     */
    static FloatVector exp(FloatVector x) {
        FloatVector shifted = x.fma(1.44269504f, 12583039f);
        FloatVector power = shifted.reinterpretAsInts().lanewise(LSHL, 23).reinterpretAsFloats();
        FloatVector n = shifted.sub(12583039f);
        FloatVector r = n.fma(constant(-0.693359375f), x);
        r = n.fma(constant(2.12194440e-4f), r);
        FloatVector p = r.fma(1.3981999e-3f, 8.3334519e-3f);
        p = p.fma(r, constant(4.1665795e-2f));
        p = p.fma(r, constant(1.6666665e-1f));
        p = p.fma(r, constant(0.5f));
        p = p.fma(r.mul(r), r).add(1f);
        return p.mul(power);
    }

    /** {@code x} or, where it is larger, {@code limit}. */
    static FloatVector atMost(FloatVector x, float limit) {
        return x.blend(limit, x.compare(GT, limit));
    }

    /** {@code x} or, where it is smaller, {@code limit}. */
    static FloatVector atLeast(FloatVector x, float limit) {
        return x.blend(limit, x.compare(LT, limit));
    }

    /**
     * {@link org.t5j.core.kernel.Dropout}'s multipliers of consecutive elements, 0 or a scale.
     *
     * @param index of the first element
     * @param limit one less than the threshold
     * @param scale the bits of a float
     */
    static FloatVector multipliers(int index, int keyLow, int keyHigh, int limit, int scale) {
        IntVector h = HASH_OF_LANES.add(index * GOLDEN + keyLow);
        h = h.lanewise(LSHR, 16).lanewise(XOR, h).mul(0x7feb352d).add(keyHigh);
        h = h.lanewise(LSHR, 15).lanewise(XOR, h).mul(0x846ca68b);
        h = h.lanewise(LSHR, 16).lanewise(XOR, h).lanewise(LSHR, 8);
        return IntVector.broadcast(INTS, limit)
                .sub(h)
                .lanewise(ASHR, 31)
                .and(scale)
                .reinterpretAsFloats();
    }

    /** {@code x} or, where it is negative, 0. */
    static FloatVector relu(FloatVector x) {
        return x.blend(0f, x.compare(LT, 0f));
    }

    /** {@code exp(-x (a + b x²))}, the inverse less one of the sigmoid of a {@link Sigmoidal}. */
    static FloatVector inverse(FloatVector x, float a, float b) {
        return exp(x.mul(x).fma(-b, -a).mul(x));
    }

    /** The slope of a {@link Sigmoidal}, with {@code e} of {@link #inverse} and {@code sigmoid = 1 / (1 + e)}. */
    static FloatVector slope(FloatVector x, FloatVector e, FloatVector sigmoid, float a, float b) {
        FloatVector argument = x.mul(x).fma(3 * b, a).mul(x);
        return e.mul(sigmoid).mul(argument).fma(sigmoid, sigmoid);
    }

    private static FloatVector constant(float value) {
        return FloatVector.broadcast(FLOATS, value);
    }
}
