package org.t5j.core.kernel.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.t5j.core.kernel.Activation;
import org.t5j.core.kernel.AdamStep;
import org.t5j.core.kernel.Dropout;
import org.t5j.core.kernel.HeapUse;

/** That {@link Lanes} allocate nothing once they are compiled. */
abstract class LanesAllocationContract extends ActivationLanesContract {
    private static final int CALLS = 1000;
    private static final int N = 208;
    private static final Dropout DROPOUT = new Dropout(77, 0.1f, null);
    private static final AdamStep STEP = new AdamStep(0.01f, 0.9, 0.999, 1f, 1e-6f, 0f, 0f);

    private Run x;
    private Run y;
    private Run z;
    private Run u;
    private double sink;

    @TestFactory
    Stream<DynamicTest> allocatesNothing() {
        x = positive(N);
        y = positive(N);
        z = positive(N);
        u = positive(16 * N);
        Map<String, Runnable> calls = new LinkedHashMap<>();
        algebra(calls);
        chosenRows(calls);
        normalisation(calls);
        softmax(calls);
        optimizers(calls);
        for (Activation f : Activation.values()) {
            for (Dropout dropout : new Dropout[] {Dropout.NONE, DROPOUT}) {
                activations(calls, f, dropout);
            }
        }
        return calls.entrySet().stream()
                .map(call ->
                        DynamicTest.dynamicTest(call.getKey(), () -> allocatesNothing(call.getKey(), call.getValue())));
    }

    private void allocatesNothing(String name, Runnable call) {
        new HeapUse(CALLS).requireBytes(0, name, this::reset, call);
        assertThat(sink).isNotEqualTo(-1.0);
    }

    private void reset() {
        x.reset();
        y.reset();
        z.reset();
    }

    private void algebra(Map<String, Runnable> calls) {
        calls.put("fill", () -> lanes.fill(x.memory, x.at, N, 1f));
        calls.put("copy", () -> lanes.copy(x.memory, x.at, y.memory, y.at, N));
        calls.put("add", () -> lanes.add(x.memory, x.at, y.memory, y.at, N));
        calls.put("addScaled", () -> lanes.addScaled(x.memory, x.at, 0.5f, y.memory, y.at, N));
        calls.put("scaleAdd", () -> lanes.scaleAdd(x.memory, x.at, N, 0.5f, 0.1f));
        calls.put("sumOfSquares", () -> sink += lanes.sumOfSquares(x.memory, x.at, N));
        calls.put("sum", () -> sink += lanes.sum(x.memory, x.at, N));
        calls.put("max", () -> sink += lanes.max(x.memory, x.at, N));
        calls.put("dot", () -> sink += lanes.dot(x.memory, x.at, y.memory, y.at, N));
    }

    private void chosenRows(Map<String, Runnable> calls) {
        int[] rows = {3, 0, 2, 5, 1, 1};
        calls.put("dotRows", () -> lanes.dotRows(x.memory, x.at, u.memory, u.at, N, rows, 1, 5, N, y.memory, y.at));
        calls.put("sumRows", () -> lanes.sumRows(x.memory, x.at, u.memory, u.at, N, rows, 1, 5, N, z.memory, z.at));
    }

    private void normalisation(Map<String, Runnable> calls) {
        calls.put("rmsNorm", () -> lanes.rmsNorm(x.memory, x.at, y.memory, y.at, 0.5f, z.memory, z.at, N));
        calls.put(
                "rmsNormWeightGradient",
                () -> sink += lanes.rmsNormWeightGradient(
                        x.memory, x.at, y.memory, y.at, u.memory, u.at, 1e-9f, z.memory, z.at, N));
        calls.put(
                "rmsNormInputGradient",
                () -> lanes.rmsNormInputGradient(
                        x.memory, x.at, y.memory, y.at, u.memory, u.at, 1e-9f, 1e-9f, z.memory, z.at, N));
    }

    private void softmax(Map<String, Runnable> calls) {
        calls.put("addMax", () -> sink += lanes.addMax(x.memory, x.at, y.memory, y.at, null, 0, N));
        calls.put("addMax of both", () -> sink += lanes.addMax(x.memory, x.at, y.memory, y.at, z.memory, z.at, N));
        calls.put("expSum", () -> sink += lanes.expSum(x.memory, x.at, N, 2f));
        calls.put("expScaled", () -> lanes.expScaled(x.memory, x.at, y.memory, y.at, z.memory, z.at, N, 5f, 0.5f));
        for (Dropout dropout : new Dropout[] {Dropout.NONE, DROPOUT}) {
            calls.put(
                    "softmaxBackward " + dropout.rate(),
                    () -> lanes.softmaxBackward(x.memory, x.at, y.memory, y.at, N, 0.1f, dropout, 0));
        }
    }

    private void optimizers(Map<String, Runnable> calls) {
        calls.put("adam", () -> lanes.adam(u.memory, u.at, x.memory, x.at, y.memory, y.at, z.memory, z.at, N, STEP));
        calls.put("addSquares", () -> sink += lanes.addSquares(x.memory, x.at, 0.1f, y.memory, y.at, N));
        calls.put("sumOfScaledSquares", () -> sink += lanes.sumOfScaledSquares(x.memory, x.at, y.memory, y.at, N));
        calls.put(
                "descendWithMoment",
                () -> lanes.descendWithMoment(
                        x.memory, x.at, 0.9f, 0.1f, u.memory, u.at, y.memory, y.at, z.memory, z.at, 0.9, N));
        calls.put("descend", () -> lanes.descend(x.memory, x.at, 0.9f, 0.1f, u.memory, u.at, y.memory, y.at, N));
        calls.put("secondMoment", () -> sink += lanes.secondMoment(x.memory, x.at, y.memory, y.at, 0.1f, 0.9, N));
        calls.put("inverseSqrtInto", () -> lanes.inverseSqrtInto(y.memory, y.at, z.memory, z.at, N));
    }

    private void activations(Map<String, Runnable> calls, Activation f, Dropout dropout) {
        String name = " " + f + " " + dropout.rate();
        calls.put("dropout" + name, () -> lanes.dropout(x.memory, x.at, 1, y.memory, y.at, N, dropout, 0));
        calls.put(
                "addDropout" + name,
                () -> lanes.addDropout(x.memory, x.at, y.memory, y.at, z.memory, z.at, N, dropout, 0));
        calls.put("activate" + name, () -> lanes.activate(f, x.memory, x.at, y.memory, y.at, N, dropout, 0));
        calls.put(
                "activateBackward" + name,
                () -> lanes.activateBackward(f, u.memory, u.at, x.memory, x.at, y.memory, y.at, N, dropout, 0));
        calls.put("gate" + name, () -> lanes.gate(f, u.memory, u.at, x.memory, x.at, y.memory, y.at, N, dropout, 0));
        calls.put(
                "gateBackwardInPlace" + name,
                () -> lanes.gateBackwardInPlace(f, z.memory, z.at, x.memory, x.at, y.memory, y.at, N, dropout, 0));
    }
}
