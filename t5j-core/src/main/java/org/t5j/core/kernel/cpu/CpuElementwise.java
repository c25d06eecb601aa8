package org.t5j.core.kernel.cpu;

import static org.t5j.core.tensor.Nd4jBackend.hostMemory;

import org.t5j.core.kernel.Activation;
import org.t5j.core.kernel.Dropout;
import org.t5j.core.tensor.HostMemory;
import org.t5j.core.tensor.Tensor;

/** Operations that treat every element alike: simple algebra, dropout, activations, gates. */
final class CpuElementwise implements Task {
    /** Elements of a piece of work: enough to be worth a hand-over, few enough to stay in the cache. */
    private static final int PIECE = 1 << 14;

    private final Workers workers;

    /** The loops, made once; they read the fields below, which a call sets before it hands out work. */
    private final Loop fill = (lanes, at, n, first) -> lanes.fill(this.a, at, n, this.value);

    private final Loop copy = (lanes, at, n, first) -> lanes.copy(this.a, at, this.b, at, n);
    private final Loop add = (lanes, at, n, first) -> lanes.add(this.a, at, this.b, at, n);
    private final Loop addScaled = (lanes, at, n, first) -> lanes.addScaled(this.a, at, this.value, this.b, at, n);
    private final Loop scale = (lanes, at, n, first) -> lanes.scaleAdd(this.a, at, n, this.value, 0f);
    private final Loop drop =
            (lanes, at, n, first) -> lanes.dropout(this.a, at, 1f, this.b, at, n, this.dropout, first);
    private final Loop addDropped =
            (lanes, at, n, first) -> lanes.addDropout(this.a, at, this.b, at, this.c, at, n, this.dropout, first);
    private final Loop activate =
            (lanes, at, n, first) -> lanes.activate(this.f, this.a, at, this.b, at, n, this.dropout, first);
    private final Loop activateBackward = (lanes, at, n, first) ->
            lanes.activateBackward(this.f, this.a, at, this.b, at, this.c, at, n, this.dropout, first);
    private final Loop gate =
            (lanes, at, n, first) -> lanes.gate(this.f, this.a, at, this.b, at, this.c, at, n, this.dropout, first);
    private final Loop gateBackward = (lanes, at, n, first) ->
            lanes.gateBackwardInPlace(this.f, this.a, at, this.b, at, this.c, at, n, this.dropout, first);

    private Loop loop;
    private HostMemory a;
    private HostMemory b;
    private HostMemory c;
    private float value;
    private Activation f;
    private Dropout dropout = Dropout.NONE;
    private int width;
    private long length;

    CpuElementwise(Workers workers) {
        this.workers = workers;
    }

    /** Computes {@code n} elements from index {@code at} on, the first of which is number {@code first} of the mask. */
    private interface Loop {
        void run(Lanes lanes, long at, int n, int first);
    }

    void fill(Tensor x, float newValue) {
        a = hostMemory(x);
        value = newValue;
        run(fill, x, Dropout.NONE);
    }

    void copy(Tensor from, Tensor to) {
        a = hostMemory(from);
        b = hostMemory(to);
        run(copy, from, Dropout.NONE);
    }

    void add(Tensor x, Tensor y) {
        a = hostMemory(x);
        b = hostMemory(y);
        run(add, x, Dropout.NONE);
    }

    void addScaled(Tensor x, float factor, Tensor y) {
        a = hostMemory(y);
        b = hostMemory(x);
        value = factor;
        run(addScaled, y, Dropout.NONE);
    }

    void scale(Tensor x, float factor) {
        a = hostMemory(x);
        value = factor;
        run(scale, x, Dropout.NONE);
    }

    void dropout(Tensor x, Dropout mask, Tensor out) {
        a = hostMemory(x);
        b = hostMemory(out);
        run(drop, x, mask);
    }

    void addDropout(Tensor residual, Tensor x, Dropout mask, Tensor out) {
        a = hostMemory(residual);
        b = hostMemory(x);
        c = hostMemory(out);
        run(addDropped, x, mask);
    }

    void activate(Activation activation, Tensor x, Dropout mask, Tensor out) {
        f = activation;
        a = hostMemory(x);
        b = hostMemory(out);
        run(activate, x, mask);
    }

    void activateBackward(Activation activation, Tensor dOut, Tensor x, Dropout mask, Tensor dX) {
        f = activation;
        a = hostMemory(dOut);
        b = hostMemory(x);
        c = hostMemory(dX);
        run(activateBackward, x, mask);
    }

    void gate(Activation activation, Tensor gateInput, Tensor linear, Dropout mask, Tensor out) {
        f = activation;
        a = hostMemory(gateInput);
        b = hostMemory(linear);
        c = hostMemory(out);
        run(gate, out, mask);
    }

    void gateBackwardInPlace(Activation activation, Tensor dOut, Tensor gateInput, Tensor linear, Dropout mask) {
        f = activation;
        a = hostMemory(dOut);
        b = hostMemory(gateInput);
        c = hostMemory(linear);
        run(gateBackward, dOut, mask);
    }

    private void run(Loop newLoop, Tensor like, Dropout mask) {
        loop = newLoop;
        dropout = mask;
        length = like.length();
        if (mask.active() && mask.shared()) {
            width = like.size(-1);
            workers.run(like.rows(), Math.max(1, PIECE / width), this);
        } else {
            width = 0;
            workers.run(Math.toIntExact((length + PIECE - 1) / PIECE), 1, this);
        }
    }

    /** A range of rows where these share masks, else of pieces. */
    @Override
    public void run(Worker worker, int from, int to) {
        if (width > 0) {
            for (int row = from; row < to; row++) {
                loop.run(worker.lanes(), (long) row * width, width, dropout.maskRow(row) * width);
            }
            return;
        }
        for (int piece = from; piece < to; piece++) {
            long at = (long) piece * PIECE;
            loop.run(worker.lanes(), at, (int) Math.min(PIECE, length - at), (int) at);
        }
    }
}
