package org.t5j.core.kernel.cpu;

import static org.t5j.core.tensor.Nd4jBackend.hostMemory;

import org.t5j.core.kernel.AdafactorStep;
import org.t5j.core.kernel.AdamStep;
import org.t5j.core.tensor.Backend;
import org.t5j.core.tensor.HostMemory;
import org.t5j.core.tensor.Tensor;

/**
 * Optimizer updates. Adafactor reads the gradient three times: for its mean squares over rows and columns, for the size
 * of the update that they make of it, and for the update.
 */
final class CpuUpdates implements AutoCloseable {
    private static final int PIECE = 1 << 15;

    private final Workers workers;
    private final Scratch columnSums;
    private final Scratch scales;
    private final Task adam = this::adam;
    private final Task secondMoments = this::secondMoments;
    private final Task secondMoment = this::secondMoment;
    private final Task measure = this::measure;
    private final Task descend = this::descend;
    private HostMemory p;
    private HostMemory g;
    private HostMemory m;
    private HostMemory v;
    private HostMemory rowMoment;
    private HostMemory sums;
    /** What the columns of the gradient are multiplied by. */
    private HostMemory scale;

    private int rows;
    private int columns;
    private int rowsPerPiece;
    private AdamStep adamStep;
    private AdafactorStep step;
    private double meanRowMoment;
    private double rate;
    private double clip;
    private double[] updateSquares = new double[0];
    private double[] parameterSquares = new double[0];

    CpuUpdates(Workers workers, Backend backend) {
        this.workers = workers;
        this.columnSums = new Scratch(backend);
        this.scales = new Scratch(backend);
    }

    void adam(Tensor parameter, Tensor gradient, Tensor newM, Tensor newV, AdamStep newStep) {
        p = hostMemory(parameter);
        g = hostMemory(gradient);
        m = hostMemory(newM);
        v = hostMemory(newV);
        adamStep = newStep;
        workers.run(Math.toIntExact((p.length() + PIECE - 1) / PIECE), 1, adam);
    }

    private void adam(Worker worker, int from, int to) {
        for (int piece = from; piece < to; piece++) {
            long at = (long) piece * PIECE;
            int n = (int) Math.min(PIECE, p.length() - at);
            worker.lanes().adam(p, at, g, at, m, at, v, at, n, adamStep);
        }
    }

    void adafactorFactored(Tensor parameter, Tensor gradient, Tensor r, Tensor c, Tensor newM, AdafactorStep newStep) {
        begin(parameter, gradient, newM, newStep, parameter.size(0), parameter.size(1));
        rowMoment = hostMemory(r);
        sums = columnSums.reserve(pieces(), columns);
        workers.run(rows, rowsPerPiece, secondMoments);
        columnMoments(hostMemory(c));
        double total = 0;
        for (int i = 0; i < rows; i++) {
            total += rowMoment.get(i);
        }
        meanRowMoment = total / rows;
        apply();
    }

    /** Squares of each row go to the row moment, those of each column to the sums of this piece. */
    private void secondMoments(Worker worker, int from, int to) {
        Lanes lanes = worker.lanes();
        long partial = columnSums.part(from / rowsPerPiece);
        lanes.fill(sums, partial, columns, 0f);
        for (int row = from; row < to; row++) {
            double square = lanes.addSquares(g, (long) row * columns, step.epsilon1(), sums, partial, columns);
            double moment = step.beta2() * rowMoment.get(row) + (1 - step.beta2()) * square / columns;
            rowMoment.set(row, (float) moment);
        }
    }

    private void columnMoments(HostMemory c) {
        Lanes lanes = workers.caller().lanes();
        for (int piece = 1; piece < pieces(); piece++) {
            lanes.add(sums, 0, sums, columnSums.part(piece), columns);
        }
        lanes.scaleAdd(c, 0, columns, (float) step.beta2(), 0f);
        lanes.addScaled(c, 0, (float) ((1 - step.beta2()) / rows), sums, 0, columns);
        scale = scales.reserve(1, columns);
        lanes.inverseSqrtInto(c, 0, scale, 0, columns);
    }

    void adafactor(Tensor parameter, Tensor gradient, Tensor newV, Tensor newM, AdafactorStep newStep) {
        int length = Math.toIntExact(parameter.length());
        begin(parameter, gradient, newM, newStep, 1, length);
        v = hostMemory(newV);
        scale = scales.reserve(1, length);
        rowMoment = null;
        workers.run(1, 1, secondMoment);
        apply();
    }

    private void secondMoment(Worker worker, int from, int to) {
        worker.lanes().secondMoment(v, 0, g, 0, step.epsilon1(), step.beta2(), columns);
        worker.lanes().inverseSqrtInto(v, 0, scale, 0, columns);
    }

    private void begin(
            Tensor parameter, Tensor gradient, Tensor newM, AdafactorStep newStep, int newRows, int newColumns) {
        p = hostMemory(parameter);
        g = hostMemory(gradient);
        m = newM == null ? null : hostMemory(newM);
        step = newStep;
        rows = newRows;
        columns = newColumns;
        rowsPerPiece = Math.max(1, Math.max(PIECE / columns, (rows + 255) / 256));
        if (updateSquares.length < pieces()) {
            updateSquares = new double[pieces()];
            parameterSquares = new double[pieces()];
        }
    }

    private int pieces() {
        return (rows + rowsPerPiece - 1) / rowsPerPiece;
    }

    /** What a row of the gradient is multiplied by. */
    private double rowScale(int row) {
        return rowMoment == null ? 1 : 1 / Math.sqrt(rowMoment.get(row) / meanRowMoment);
    }

    private void apply() {
        workers.run(rows, rowsPerPiece, measure);
        double update = 0;
        double parameter = 0;
        for (int piece = 0; piece < pieces(); piece++) {
            update += updateSquares[piece];
            parameter += parameterSquares[piece];
        }
        double length = (double) rows * columns;
        rate = step.learningRate()
                * (step.scaleParameter() ? Math.max(step.epsilon2(), Math.sqrt(parameter / length)) : 1);
        clip = Math.max(1, Math.sqrt(update / length) / step.clipThreshold());
        workers.run(rows, rowsPerPiece, descend);
    }

    private void measure(Worker worker, int from, int to) {
        Lanes lanes = worker.lanes();
        double update = 0;
        double parameter = 0;
        for (int row = from; row < to; row++) {
            long at = (long) row * columns;
            double factor = rowScale(row);
            update += factor * factor * lanes.sumOfScaledSquares(g, at, scale, 0, columns);
            parameter += step.scaleParameter() ? lanes.sumOfSquares(p, at, columns) : 0;
        }
        updateSquares[from / rowsPerPiece] = update;
        parameterSquares[from / rowsPerPiece] = parameter;
    }

    private void descend(Worker worker, int from, int to) {
        Lanes lanes = worker.lanes();
        float keep = (float) (1 - step.weightDecay() * rate);
        for (int row = from; row < to; row++) {
            long at = (long) row * columns;
            float factor = (float) (rate / clip * rowScale(row));
            if (m == null) {
                lanes.descend(p, at, keep, factor, g, at, scale, 0, columns);
            } else {
                lanes.descendWithMoment(p, at, keep, factor, g, at, scale, 0, m, at, step.beta1(), columns);
            }
        }
    }

    @Override
    public void close() {
        columnSums.close();
        scales.close();
    }
}
