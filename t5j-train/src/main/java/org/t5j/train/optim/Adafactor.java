package org.t5j.train.optim;

import org.t5j.core.kernel.AdafactorStep;
import org.t5j.core.kernel.Kernels;
import org.t5j.core.tensor.Parameter;
import org.t5j.core.tensor.ParameterSet;
import org.t5j.core.tensor.Tensor;

/**
 * Adafactor (Shazeer and Stern 2018), as in T5X ({@code t5x/adafactor.py}) and Hugging Face ({@code
 * transformers/optimization.py}): second moments of matrices are kept as one row and one column, updates are bounded
 * by {@code clipThreshold} and, if asked for, proportional to the parameter.
 *
 * <p>State: {@code exp_avg_sq_row} and {@code exp_avg_sq_col}, or {@code exp_avg_sq} where not factored, and {@code
 * exp_avg} with {@code beta1}.
 */
public final class Adafactor implements Optimizer {
    private final AdafactorConfig config;
    private final Kernels kernels;
    private final OptimizerState state;

    public Adafactor(AdafactorConfig config, Kernels kernels) {
        this.config = config;
        this.kernels = kernels;
        this.state = new OptimizerState(kernels.backend());
    }

    @Override
    public void step(ParameterSet parameters, double learningRate) {
        double rate = learningRate(learningRate);
        long t = Math.max(1, state.nextStep() - config.stepOffset());
        AdafactorStep step = new AdafactorStep(
                (float) rate,
                1 - Math.pow(t, -config.decayRate()),
                (float) config.epsilon1(),
                (float) config.epsilon2(),
                (float) config.clipThreshold(),
                config.scaleParameter(),
                (float) config.weightDecay(),
                config.beta1());
        for (Parameter parameter : parameters) {
            if (parameter.trainable()) {
                update(parameter, step);
            }
        }
    }

    private void update(Parameter parameter, AdafactorStep step) {
        Tensor value = parameter.value();
        Tensor gradient = parameter.gradient();
        if (factored(value)) {
            kernels.adafactorFactored(value, gradient, row(parameter), column(parameter), m(parameter), step);
        } else {
            kernels.adafactor(value, gradient, v(parameter), m(parameter), step);
        }
    }

    @Override
    public void prepare(ParameterSet parameters) {
        parameters.stream().filter(Parameter::trainable).forEach(parameter -> {
            m(parameter);
            if (factored(parameter.value())) {
                row(parameter);
                column(parameter);
            } else {
                v(parameter);
            }
        });
    }

    private Tensor m(Parameter parameter) {
        return config.beta1() > 0
                ? state.tensor(parameter.name() + ".exp_avg", parameter.value().shape())
                : null;
    }

    private Tensor row(Parameter parameter) {
        return state.tensor(
                parameter.name() + ".exp_avg_sq_row", parameter.value().size(0));
    }

    private Tensor column(Parameter parameter) {
        return state.tensor(
                parameter.name() + ".exp_avg_sq_col", parameter.value().size(1));
    }

    private Tensor v(Parameter parameter) {
        return state.tensor(parameter.name() + ".exp_avg_sq", parameter.value().shape());
    }

    private boolean factored(Tensor value) {
        return value.rank() == 2 && Math.min(value.size(0), value.size(1)) >= config.minDimSizeToFactor();
    }

    @Override
    public double learningRate(double scheduled) {
        if (!config.relativeStep()) {
            return scheduled;
        }
        long t = state.steps() + 1;
        return Math.min(config.warmupInit() ? 1e-6 * t : 1e-2, 1 / Math.sqrt(t));
    }

    @Override
    public OptimizerState state() {
        return state;
    }
}
