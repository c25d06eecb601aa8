package org.t5j.core.kernel;

import static org.t5j.core.tensor.Nd4jBackend.array;
import static org.t5j.core.tensor.Nd4jBackend.stridedView;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.t5j.core.tensor.Arena;
import org.t5j.core.tensor.Backend;
import org.t5j.core.tensor.IntTensor;
import org.t5j.core.tensor.Tensor;

/**
 * Attention in ND4J operations; heads are strided views, never copies. Sequences of one length are computed together,
 * others one by one.
 */
final class Nd4jAttention {
    private final Nd4jKernels kernels;
    private final Backend backend;
    private final Arena scratch;

    Nd4jAttention(Nd4jKernels kernels, Arena scratch) {
        this.kernels = kernels;
        this.backend = kernels.backend();
        this.scratch = scratch;
    }

    /** Sequences {@code first … first+count-1}, all with these numbers of queries and keys. */
    private record Group(AttentionShape shape, int first, int count, int queries, int keys) {
        int rows() {
            return count * shape.heads() * queries;
        }

        INDArray queryHeads(Tensor x) {
            return heads(x, shape.queries().start(first), queries);
        }

        INDArray keyHeads(Tensor x) {
            return heads(x, shape.keys().start(first), keys);
        }

        /** {@code [count, heads, length, dKv]} over rows {@code start …} of {@code [rows, heads * dKv]}. */
        private INDArray heads(Tensor x, int start, int length) {
            long inner = shape.inner();
            return stridedView(
                    x.rowsView(start, count * length),
                    new long[] {count, shape.heads(), length, shape.dKv()},
                    new long[] {length * inner, shape.dKv(), inner, 1});
        }
    }

    private interface GroupTask {
        void run(Group group);
    }

    private void forEachGroup(AttentionShape s, GroupTask task) {
        boolean together = s.queries().uniform() && s.keys().uniform();
        int count = together ? s.batch() : 1;
        for (int b = 0; b < s.batch(); b += count) {
            Arena.Mark mark = scratch.mark();
            task.run(new Group(s, b, count, s.queries().length(b), s.keys().length(b)));
            scratch.release(mark);
        }
    }

    void forward(
            AttentionShape s,
            Tensor q,
            Tensor k,
            Tensor v,
            Tensor bias,
            AttentionMask mask,
            Dropout dropout,
            Tensor out) {
        forEachGroup(s, g -> {
            INDArray weights = weights(g, q, k, bias, mask);
            if (dropout.active()) {
                Nd4jOps.multiply(weights, noise(g, dropout), weights);
            }
            INDArray context = array(scratch.take(g.count, s.heads(), g.queries, s.dKv()));
            Nd4jOps.matmul(weights, false, g.keyHeads(v), false, context, 1, 0);
            g.queryHeads(out).assign(context);
        });
    }

    void backward(
            AttentionShape s,
            Tensor dOut,
            Tensor q,
            Tensor k,
            Tensor v,
            Tensor bias,
            AttentionMask mask,
            Dropout dropout,
            Tensor dQ,
            Tensor dK,
            Tensor dV,
            Tensor dBias) {
        forEachGroup(s, g -> {
            INDArray p = weights(g, q, k, bias, mask);
            INDArray dContext = g.queryHeads(dOut);
            INDArray noise = dropout.active() ? noise(g, dropout) : null;
            INDArray kept = array(scratch.take(g.count, s.heads(), g.queries, g.keys));
            INDArray head = array(scratch.take(g.count, s.heads(), g.keys, s.dKv()));
            if (noise != null) {
                Nd4jOps.multiply(p, noise, kept);
            }
            Nd4jOps.matmul(noise == null ? p : kept, true, dContext, false, head, 1, 0);
            g.keyHeads(dV).assign(head);

            Tensor dScores = scratch.take(g.count, s.heads(), g.queries, g.keys);
            INDArray dP = array(dScores);
            Nd4jOps.matmul(dContext, false, g.keyHeads(v), true, dP, 1, 0);
            if (noise != null) {
                Nd4jOps.multiply(dP, noise, dP);
            }
            INDArray sum = array(scratch.take(g.count, s.heads(), g.queries, 1));
            Nd4jOps.multiply(p, dP, kept);
            Nd4jOps.reduce("reduce_sum", kept, sum, 3);
            Nd4jOps.subtract(dP, sum, dP);
            Nd4jOps.multiply(dP, p, dP);
            if (dBias != null) {
                addByDistance(g, dScores, dBias);
            }

            Nd4jOps.matmul(dP, true, g.queryHeads(q), false, head, 1, 0);
            g.keyHeads(dK).assign(head);
            INDArray query = array(scratch.take(g.count, s.heads(), g.queries, s.dKv()));
            Nd4jOps.matmul(dP, false, g.keyHeads(k), false, query, 1, 0);
            g.queryHeads(dQ).assign(query);
        });
    }

    void weights(AttentionShape s, Tensor q, Tensor k, Tensor bias, AttentionMask mask, Tensor out) {
        kernels.fill(out, 0f);
        long keys = s.keys().maxLength();
        long queries = s.queries().maxLength();
        forEachGroup(s, g -> {
            INDArray weights = weights(g, q, k, bias, mask);
            stridedView(out.rowsView(g.first, g.count), new long[] {g.count, s.heads(), g.queries, g.keys}, new long[] {
                        s.heads() * queries * keys, queries * keys, keys, 1
                    })
                    .assign(weights);
        });
    }

    /** The softmax of a group, {@code [count, heads, queries, keys]} in scratch memory. */
    private INDArray weights(Group g, Tensor q, Tensor k, Tensor bias, AttentionMask mask) {
        AttentionShape s = g.shape;
        INDArray scores = array(scratch.take(g.count, s.heads(), g.queries, g.keys));
        Nd4jOps.matmul(g.queryHeads(q), false, g.keyHeads(k), true, scores, 1, 0);
        if (bias != null) {
            Nd4jOps.add(scores, array(spread(g, bias)), scores);
        }
        if (mask.causal() || mask.additive() != null) {
            Nd4jOps.add(scores, array(additive(g, mask)), scores);
        }
        Nd4jOps.softmax(scores, scores);
        return scores;
    }

    /** The bias of every pair, {@code [1, heads, queries, keys]}. */
    private Tensor spread(Group g, Tensor bias) {
        int heads = g.shape.heads();
        int distances = g.shape.distances();
        float[] byDistance = backend.toArray(bias);
        float[] values = new float[heads * g.queries * g.keys];
        for (int h = 0, at = 0; h < heads; h++) {
            for (int i = 0; i < g.queries; i++, at += g.keys) {
                System.arraycopy(byDistance, h * distances + g.shape.distance(i, 0), values, at, g.keys);
            }
        }
        return written(values, 1, heads, g.queries, g.keys);
    }

    /** The mask of every pair, {@code [count, 1, queries, keys]}. */
    private Tensor additive(Group g, AttentionMask mask) {
        float[] ofKey = mask.additive() == null ? null : backend.toArray(mask.additive());
        float[] values = new float[g.count * g.queries * g.keys];
        for (int b = 0, at = 0; b < g.count; b++) {
            int start = g.shape.keys().start(g.first + b);
            for (int i = 0; i < g.queries; i++) {
                int visible = mask.visible(g.first + b, i, g.keys);
                for (int j = 0; j < g.keys; j++, at++) {
                    values[at] = j >= visible ? AttentionMask.FORBIDDEN : ofKey == null ? 0f : ofKey[start + j];
                }
            }
        }
        return written(values, g.count, 1, g.queries, g.keys);
    }

    /** The multipliers of a dropout of the weights, {@code [count, heads, queries, keys]}. */
    private INDArray noise(Group g, Dropout dropout) {
        int heads = g.shape.heads();
        float[] values = new float[g.rows() * g.keys];
        for (int b = 0, at = 0; b < g.count; b++) {
            for (int h = 0; h < heads; h++) {
                for (int i = 0; i < g.queries; i++, at += g.keys) {
                    dropout.maskInto(g.shape.maskStart(dropout, g.first + b, h, i), g.keys, values, at);
                }
            }
        }
        return array(written(values, g.count, heads, g.queries, g.keys));
    }

    private Tensor written(float[] values, int... shape) {
        Tensor tensor = scratch.take(shape);
        backend.write(tensor, values, 0);
        return tensor;
    }

    /** {@code dBias[h, distance] += } the gradients of all scores at that distance. */
    private void addByDistance(Group g, Tensor dScores, Tensor dBias) {
        int heads = g.shape.heads();
        int distances = g.shape.distances();
        float[] scores = backend.toArray(dScores);
        double[] sums = new double[heads * distances];
        for (int row = 0, at = 0; row < g.rows(); row++) {
            int h = row / g.queries % heads;
            int first = h * distances + g.shape.distance(row % g.queries, 0);
            for (int j = 0; j < g.keys; j++, at++) {
                sums[first + j] += scores[at];
            }
        }
        float[] total = backend.toArray(dBias);
        for (int i = 0; i < total.length; i++) {
            total[i] += (float) sums[i];
        }
        backend.write(dBias, total, 0);
    }

    void cached(int heads, Tensor q, Tensor k, Tensor v, KeyRows keys, Tensor bias, Tensor mask, Tensor out) {
        int dKv = q.size(1) / heads;
        for (int i = 0; i < keys.queries(); i++) {
            Arena.Mark mark = scratch.mark();
            int start = keys.starts()[i];
            int length = keys.lengths()[i];
            IntTensor rows = scratch.takeInts(java.util.Arrays.copyOfRange(keys.rows(), start, start + length));
            Group g = new Group(new AttentionShape(1, heads, 1, length, dKv), 0, 1, 1, length);
            Tensor key = scratch.take(length, q.size(1));
            Tensor value = scratch.take(length, q.size(1));
            kernels.gatherRows(k, rows, key);
            kernels.gatherRows(v, rows, value);
            INDArray scores = array(scratch.take(1, heads, 1, length));
            Nd4jOps.matmul(g.queryHeads(q.rowsView(i, 1)), false, g.keyHeads(key), true, scores, 1, 0);
            if (bias != null) {
                Nd4jOps.add(scores, nearest(bias, length), scores);
            }
            if (mask != null) {
                Tensor ofKey = scratch.take(1, 1, 1, length);
                Nd4jOps.gather(array(mask), array(rows), array(ofKey.reshapeView(length)));
                Nd4jOps.add(scores, array(ofKey), scores);
            }
            Nd4jOps.softmax(scores, scores);
            INDArray context = array(scratch.take(1, heads, 1, dKv));
            Nd4jOps.matmul(scores, false, g.keyHeads(value), false, context, 1, 0);
            g.queryHeads(out.rowsView(i, 1)).assign(context);
            scratch.release(mark);
        }
    }

    /** The bias of the last {@code length} keys, {@code [1, heads, 1, length]}: those nearest to the query. */
    private static INDArray nearest(Tensor bias, int length) {
        int width = bias.size(1);
        Tensor last = new Tensor(bias.storage(), bias.offset() + width - length, length);
        return stridedView(last, new long[] {1, bias.size(0), 1, length}, new long[] {bias.length(), width, length, 1});
    }

    void positionBias(Tensor table, IntTensor rows, Tensor out) {
        Arena.Mark mark = scratch.mark();
        int heads = table.size(1);
        Tensor gathered = scratch.take(rows.length(), heads);
        kernels.gatherRows(table, rows, gathered);
        array(out.reshapeView(heads, rows.length())).assign(transposed(gathered));
        scratch.release(mark);
    }

    void positionBiasBackward(Tensor dBias, IntTensor rows, Tensor dTable) {
        Arena.Mark mark = scratch.mark();
        Tensor gradient = scratch.take(rows.length(), dTable.size(1));
        transposed(gradient).assign(array(dBias.reshapeView(dTable.size(1), rows.length())));
        kernels.scatterAddRows(gradient, rows, dTable);
        scratch.release(mark);
    }

    private static INDArray transposed(Tensor matrix) {
        return stridedView(matrix, new long[] {matrix.size(1), matrix.size(0)}, new long[] {1, matrix.size(1)});
    }
}
