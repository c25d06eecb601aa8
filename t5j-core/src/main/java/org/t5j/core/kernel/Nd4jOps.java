package org.t5j.core.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Exp;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Log;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Sigmoid;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Tanh;
import org.nd4j.linalg.factory.Nd4j;

/** The ND4J operations that the kernels are made of, each writing into an output that exists. */
final class Nd4jOps {
    private Nd4jOps() {}

    /** {@code z = alpha op(x) op(y) + beta z}; equal ranks, z in row-major order. */
    static void matmul(INDArray x, boolean tx, INDArray y, boolean ty, INDArray z, double alpha, double beta) {
        Nd4j.exec(DynamicCustomOp.builder("matmul")
                .addInputs(x, y)
                .addOutputs(z)
                .addIntegerArguments(tx ? 1 : 0, ty ? 1 : 0)
                .addFloatingPointArguments(alpha, beta)
                .build());
    }

    static void add(INDArray x, INDArray y, INDArray z) {
        binary("add", x, y, z);
    }

    static void subtract(INDArray x, INDArray y, INDArray z) {
        binary("subtract", x, y, z);
    }

    static void multiply(INDArray x, INDArray y, INDArray z) {
        binary("multiply", x, y, z);
    }

    static void divide(INDArray x, INDArray y, INDArray z) {
        binary("divide", x, y, z);
    }

    private static void binary(String op, INDArray x, INDArray y, INDArray z) {
        Nd4j.exec(DynamicCustomOp.builder(op).addInputs(x, y).addOutputs(z).build());
    }

    static void exp(INDArray x, INDArray z) {
        Nd4j.exec(new Exp(x, z));
    }

    static void log(INDArray x, INDArray z) {
        Nd4j.exec(new Log(x, z));
    }

    static void tanh(INDArray x, INDArray z) {
        Nd4j.exec(new Tanh(x, z));
    }

    static void sigmoid(INDArray x, INDArray z) {
        Nd4j.exec(new Sigmoid(x, z));
    }

    /** {@code z = x^exponent}. */
    static void power(INDArray x, double exponent, INDArray z) {
        Nd4j.exec(new org.nd4j.linalg.api.ops.impl.scalar.Pow(x, z, exponent));
    }

    static void softmax(INDArray x, INDArray z) {
        Nd4j.exec(DynamicCustomOp.builder("softmax")
                .addInputs(x)
                .addOutputs(z)
                .addIntegerArguments(-1)
                .build());
    }

    /** A reduction such as {@code reduce_sum} over {@code axes}, which stay as dimensions of size 1. */
    static void reduce(String op, INDArray x, INDArray z, int... axes) {
        Nd4j.exec(DynamicCustomOp.builder(op)
                .addInputs(x)
                .addOutputs(z)
                .addFloatingPointArguments(1.0)
                .addIntegerArguments(axes)
                .build());
    }

    /** {@code z[i] = table[rows[i]]} along the first dimension. */
    static void gather(INDArray table, INDArray rows, INDArray z) {
        Nd4j.exec(DynamicCustomOp.builder("gather")
                .addInputs(table, rows)
                .addOutputs(z)
                .addIntegerArguments(0)
                .build());
    }

    /** {@code table[rows[i]] += update[i]}; rows may repeat. */
    static void scatterAdd(INDArray table, INDArray rows, INDArray update) {
        scatter("scatter_add", table, rows, update);
    }

    /** {@code table[rows[i]] = update[i]}. */
    static void scatterUpdate(INDArray table, INDArray rows, INDArray update) {
        scatter("scatter_upd", table, rows, update);
    }

    /** The flag asks for one thread: without it several threads add to the same row at once and lose sums. */
    private static void scatter(String op, INDArray table, INDArray rows, INDArray update) {
        Nd4j.exec(DynamicCustomOp.builder(op)
                .addInputs(table, rows, update)
                .addOutputs(table)
                .addBooleanArguments(true)
                .build());
    }
}
