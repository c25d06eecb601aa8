package org.t5j.core.kernel.cpu;

import static org.t5j.core.tensor.Nd4jBackend.hostMemory;

import org.t5j.core.tensor.Backend;
import org.t5j.core.tensor.HostMemory;
import org.t5j.core.tensor.Tensor;

/** RMS normalisation, a row at a time. */
final class CpuRmsNorm implements AutoCloseable {
    private static final int ROWS = 32;

    private final Workers workers;
    private final Scratch scratch;
    private final Task forward = this::forward;
    private final Task backward = this::backward;
    private HostMemory x;
    private HostMemory weight;
    private HostMemory inverseRms;
    private HostMemory out;
    private HostMemory dOut;
    private HostMemory dX;
    private HostMemory partialWeight;
    private float epsilon;
    private int width;

    CpuRmsNorm(Workers workers, Backend backend) {
        this.workers = workers;
        this.scratch = new Scratch(backend);
    }

    void forward(Tensor input, Tensor weights, float newEpsilon, Tensor newInverseRms, Tensor output) {
        x = hostMemory(input);
        weight = hostMemory(weights);
        inverseRms = hostMemory(newInverseRms);
        out = hostMemory(output);
        epsilon = newEpsilon;
        width = input.size(-1);
        workers.run(input.rows(), ROWS, forward);
    }

    private void forward(Worker worker, int from, int to) {
        Lanes lanes = worker.lanes();
        for (int row = from; row < to; row++) {
            long at = (long) row * width;
            float factor = (float) (1 / Math.sqrt(lanes.sumOfSquares(x, at, width) / width + epsilon));
            inverseRms.set(row, factor);
            lanes.rmsNorm(x, at, weight, 0, factor, out, at, width);
        }
    }

    /** The weight's gradient is summed in each piece of rows, then over the pieces. */
    void backward(
            Tensor outGradient, Tensor input, Tensor weights, Tensor oldInverseRms, Tensor inGradient, Tensor dWeight) {
        dOut = hostMemory(outGradient);
        x = hostMemory(input);
        weight = hostMemory(weights);
        inverseRms = hostMemory(oldInverseRms);
        dX = hostMemory(inGradient);
        width = input.size(-1);
        int pieces = (input.rows() + ROWS - 1) / ROWS;
        partialWeight = scratch.reserve(pieces, width);
        workers.run(input.rows(), ROWS, backward);
        if (dWeight == null) {
            return;
        }
        Lanes lanes = workers.caller().lanes();
        for (int piece = 0; piece < pieces; piece++) {
            lanes.add(hostMemory(dWeight), 0, partialWeight, scratch.part(piece), width);
        }
    }

    private void backward(Worker worker, int from, int to) {
        Lanes lanes = worker.lanes();
        long sums = scratch.part(from / ROWS);
        lanes.fill(partialWeight, sums, width, 0f);
        for (int row = from; row < to; row++) {
            long at = (long) row * width;
            float r = inverseRms.get(row);
            float dot = lanes.rmsNormWeightGradient(dOut, at, x, at, weight, 0, r, partialWeight, sums, width);
            lanes.rmsNormInputGradient(dOut, at, x, at, weight, 0, r, r * r * r * dot / width, dX, at, width);
        }
    }

    @Override
    public void close() {
        scratch.close();
    }
}
