package org.t5j.core.kernel.cpu;

import static org.t5j.core.tensor.Nd4jBackend.hostMemory;

import org.t5j.core.tensor.HostMemory;
import org.t5j.core.tensor.IntTensor;
import org.t5j.core.tensor.Tensor;

/** Rows of tables: taken out, put in, added to. */
final class CpuEmbedding {
    private static final int ROWS = 32;
    private static final int COLUMNS = 64;

    private final Workers workers;
    private final Task gather = this::gather;
    private final Task scatter = this::scatter;
    private final Task scatterAdd = this::scatterAdd;
    private HostMemory table;
    private HostMemory matrix;
    private int[] rows;
    private int width;

    CpuEmbedding(Workers workers) {
        this.workers = workers;
    }

    void gatherRows(Tensor from, IntTensor places, Tensor out) {
        set(from, places, out);
        workers.run(rows.length, ROWS, gather);
    }

    void scatterRows(Tensor source, IntTensor places, Tensor to) {
        set(to, places, source);
        workers.run(rows.length, ROWS, scatter);
    }

    /** Cut by columns, so that a row that occurs twice is added to in order. */
    void scatterAddRows(Tensor gradient, IntTensor places, Tensor to) {
        set(to, places, gradient);
        workers.run(width, COLUMNS, scatterAdd);
    }

    private void set(Tensor newTable, IntTensor places, Tensor newMatrix) {
        table = hostMemory(newTable);
        matrix = hostMemory(newMatrix);
        rows = places.valuesView();
        width = newTable.size(-1);
    }

    private void gather(Worker worker, int from, int to) {
        for (int i = from; i < to; i++) {
            worker.lanes().copy(table, (long) rows[i] * width, matrix, (long) i * width, width);
        }
    }

    private void scatter(Worker worker, int from, int to) {
        for (int i = from; i < to; i++) {
            worker.lanes().copy(matrix, (long) i * width, table, (long) rows[i] * width, width);
        }
    }

    private void scatterAdd(Worker worker, int from, int to) {
        for (int i = 0; i < rows.length; i++) {
            worker.lanes().add(table, (long) rows[i] * width + from, matrix, (long) i * width + from, to - from);
        }
    }
}
