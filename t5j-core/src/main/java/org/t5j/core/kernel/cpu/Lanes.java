package org.t5j.core.kernel.cpu;

import org.t5j.core.kernel.Activation;
import org.t5j.core.kernel.AdamStep;
import org.t5j.core.kernel.Dropout;
import org.t5j.core.tensor.HostMemory;

/**
 * Arithmetic on runs of consecutive floats: the innermost loops of every CPU kernel. A run is a memory, the index of its
 * first float ({@code …At}) and the length {@code n} that all runs of a call share; any length is right, multiples of
 * sixteen are fastest. Runs of one call are the same or do not overlap. Nothing is allocated. An instance belongs to one
 * thread.
 *
 * <p>Dropout masks are those of {@link Dropout#maskInto}: {@code first} is the index of the run's first element in
 * the numbering of the mask; a dropout that is not active multiplies by one.
 */
interface Lanes {

    // ---- algebra -----------------------------------------------------------------------------------------------

    /** {@code x = value}. */
    void fill(HostMemory x, long xAt, int n, float value);

    /** {@code to = from}. */
    void copy(HostMemory from, long fromAt, HostMemory to, long toAt, int n);

    /** {@code x += y}. */
    void add(HostMemory x, long xAt, HostMemory y, long yAt, int n);

    /** {@code x += factor y}. */
    void addScaled(HostMemory x, long xAt, float factor, HostMemory y, long yAt, int n);

    /** {@code x = factor x + summand}. */
    void scaleAdd(HostMemory x, long xAt, int n, float factor, float summand);

    /** {@code sum x²}: in float over at most 4096 elements at a time, those sums in double. */
    double sumOfSquares(HostMemory x, long xAt, int n);

    /** {@code sum x}, precise as {@link #sumOfSquares}. */
    double sum(HostMemory x, long xAt, int n);

    /** {@code max x}; NaN where x has one; negative infinity for {@code n = 0}. */
    float max(HostMemory x, long xAt, int n);

    /** {@code sum x y}. */
    float dot(HostMemory x, long xAt, HostMemory y, long yAt, int n);

    /**
     * {@code out[j] = sum over l of x[l] w[rows[start + j], l]} for {@code j} from 0 to {@code n - 1}: the products of a
     * vector with chosen rows of a matrix.
     *
     * @param stride floats from one row of {@code w} to the next
     * @param k floats of {@code x} and of a row
     */
    void dotRows(
            HostMemory x,
            long xAt,
            HostMemory w,
            long wAt,
            long stride,
            int[] rows,
            int start,
            int n,
            int k,
            HostMemory out,
            long outAt);

    /**
     * {@code out[l] = sum over j of factors[j] w[rows[start + j], l]} for {@code l} from 0 to {@code k - 1}: the weighted
     * sum of {@code n} chosen rows of a matrix.
     *
     * @param stride floats from one row of {@code w} to the next
     */
    void sumRows(
            HostMemory factors,
            long factorsAt,
            HostMemory w,
            long wAt,
            long stride,
            int[] rows,
            int start,
            int n,
            int k,
            HostMemory out,
            long outAt);

    // ---- normalisation -----------------------------------------------------------------------------------------

    /** {@code out = factor x weight}. */
    void rmsNorm(
            HostMemory x, long xAt, HostMemory weight, long weightAt, float factor, HostMemory out, long outAt, int n);

    /** {@code dWeight += factor dOut x}; returns {@code sum dOut weight x}. */
    float rmsNormWeightGradient(
            HostMemory dOut,
            long dOutAt,
            HostMemory x,
            long xAt,
            HostMemory weight,
            long weightAt,
            float factor,
            HostMemory dWeight,
            long dWeightAt,
            int n);

    /** {@code dX += a dOut weight - b x}. */
    void rmsNormInputGradient(
            HostMemory dOut,
            long dOutAt,
            HostMemory x,
            long xAt,
            HostMemory weight,
            long weightAt,
            float a,
            float b,
            HostMemory dX,
            long dXAt,
            int n);

    // ---- dropout and activations -------------------------------------------------------------------------------

    /** {@code out = mask factor x}; {@code out} may be {@code x}. */
    void dropout(HostMemory x, long xAt, float factor, HostMemory out, long outAt, int n, Dropout dropout, int first);

    /** {@code out = residual + mask x}; {@code out} may be either. */
    void addDropout(
            HostMemory residual,
            long residualAt,
            HostMemory x,
            long xAt,
            HostMemory out,
            long outAt,
            int n,
            Dropout dropout,
            int first);

    /** {@code out = mask f(x)}; {@code out} may be {@code x}. */
    void activate(Activation f, HostMemory x, long xAt, HostMemory out, long outAt, int n, Dropout dropout, int first);

    /** {@code dX = dOut mask f'(x)}; {@code dX} may be {@code dOut}. */
    void activateBackward(
            Activation f,
            HostMemory dOut,
            long dOutAt,
            HostMemory x,
            long xAt,
            HostMemory dX,
            long dXAt,
            int n,
            Dropout dropout,
            int first);

    /** {@code out = mask f(gate) linear}. */
    void gate(
            Activation f,
            HostMemory gate,
            long gateAt,
            HostMemory linear,
            long linearAt,
            HostMemory out,
            long outAt,
            int n,
            Dropout dropout,
            int first);

    /**
     * The backward pass of {@link #gate} in place: {@code gate} becomes {@code dOut mask f'(gate) linear}, {@code linear}
     * becomes {@code dOut mask f(gate)} and {@code dOut} becomes what {@link #gate} computed, {@code mask f(gate) linear}.
     */
    void gateBackwardInPlace(
            Activation f,
            HostMemory dOut,
            long dOutAt,
            HostMemory gate,
            long gateAt,
            HostMemory linear,
            long linearAt,
            int n,
            Dropout dropout,
            int first);

    // ---- softmax -----------------------------------------------------------------------------------------------

    /**
     * {@code x += a + b}; returns the maximum of the result.
     *
     * @param a null for none
     * @param b null for none
     */
    float addMax(HostMemory x, long xAt, HostMemory a, long aAt, HostMemory b, long bAt, int n);

    /** {@code x = exp(x - max)} for {@code max} at least every x; returns the sum, precise as {@link #sumOfSquares}. */
    double expSum(HostMemory x, long xAt, int n, float max);

    /**
     * {@code x = factor exp(x + a + b - max)}.
     *
     * @param a null for none
     * @param b null for none
     */
    void expScaled(
            HostMemory x, long xAt, HostMemory a, long aAt, HostMemory b, long bAt, int n, float max, float factor);

    /**
     * The backward pass of a softmax with dropout behind it: with {@code p} the probabilities and {@code g} the gradient
     * of what the dropout returned, {@code g = p (mask g - dot)} and then {@code p = mask p}.
     *
     * @param dot {@code sum p mask g}
     */
    void softmaxBackward(HostMemory p, long pAt, HostMemory g, long gAt, int n, float dot, Dropout dropout, int first);

    // ---- optimizers --------------------------------------------------------------------------------------------

    /** One update of {@link org.t5j.core.kernel.Kernels#adam}. */
    void adam(
            HostMemory parameter,
            long parameterAt,
            HostMemory gradient,
            long gradientAt,
            HostMemory m,
            long mAt,
            HostMemory v,
            long vAt,
            int n,
            AdamStep step);

    /** {@code sums += g² + epsilon}; returns {@code sum (g² + epsilon)}, precise as {@link #sumOfSquares}. */
    double addSquares(HostMemory g, long gAt, float epsilon, HostMemory sums, long sumsAt, int n);

    /** {@code sum (g scale)²}, precise as {@link #sumOfSquares}. */
    double sumOfScaledSquares(HostMemory g, long gAt, HostMemory scale, long scaleAt, int n);

    /** {@code moment = beta moment + (1 - beta) (factor g scale)}, and {@code p = keep p - moment}. */
    void descendWithMoment(
            HostMemory p,
            long pAt,
            float keep,
            float factor,
            HostMemory g,
            long gAt,
            HostMemory scale,
            long scaleAt,
            HostMemory moment,
            long momentAt,
            double beta,
            int n);

    /** {@code p = keep p - factor g scale}. */
    void descend(
            HostMemory p,
            long pAt,
            float keep,
            float factor,
            HostMemory g,
            long gAt,
            HostMemory scale,
            long scaleAt,
            int n);

    /** {@code v = beta v + (1 - beta) (g² + epsilon)}; returns {@code sum g² / v}, precise as {@link #sumOfSquares}. */
    double secondMoment(HostMemory v, long vAt, HostMemory g, long gAt, float epsilon, double beta, int n);

    /** {@code out = 1 / sqrt(v)}: the scale that {@link #descend} takes where the second moment is not factored. */
    void inverseSqrtInto(HostMemory v, long vAt, HostMemory out, long outAt, int n);
}
