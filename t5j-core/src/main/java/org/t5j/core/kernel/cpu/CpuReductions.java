package org.t5j.core.kernel.cpu;

import static org.t5j.core.tensor.Nd4jBackend.hostMemory;

import org.t5j.core.tensor.HostMemory;
import org.t5j.core.tensor.Tensor;

/** Sums over whole tensors: of pieces in any order, then of the pieces' sums in theirs. */
final class CpuReductions implements Task {
    private static final int PIECE = 1 << 15;

    private final Workers workers;
    private double[] sums = new double[0];
    private HostMemory x;

    CpuReductions(Workers workers) {
        this.workers = workers;
    }

    double sumOfSquares(Tensor tensor) {
        x = hostMemory(tensor);
        int pieces = Math.toIntExact((tensor.length() + PIECE - 1) / PIECE);
        if (sums.length < pieces) {
            sums = new double[pieces];
        }
        workers.run(pieces, 1, this);
        double total = 0;
        for (int i = 0; i < pieces; i++) {
            total += sums[i];
        }
        return total;
    }

    @Override
    public void run(Worker worker, int from, int to) {
        for (int piece = from; piece < to; piece++) {
            long at = (long) piece * PIECE;
            sums[piece] = worker.lanes().sumOfSquares(x, at, (int) Math.min(PIECE, x.length() - at));
        }
    }
}
