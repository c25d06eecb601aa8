package org.t5j.train.optim;

import org.t5j.core.kernel.AdamStep;
import org.t5j.core.kernel.Kernels;
import org.t5j.core.tensor.Parameter;
import org.t5j.core.tensor.ParameterSet;
import org.t5j.core.tensor.Tensor;

/**
 * Adam with decoupled weight decay (Kingma and Ba 2015; Loshchilov and Hutter 2019) in the forms of PyTorch and of
 * Hugging Face. The start at zero is corrected for by the number of a parameter's own updates, as PyTorch does.
 *
 * <p>State: {@code exp_avg} and {@code exp_avg_sq} of every parameter.
 */
public final class AdamW implements Optimizer {
    private final AdamWConfig config;
    private final Kernels kernels;
    private final OptimizerState state;

    public AdamW(AdamWConfig config, Kernels kernels) {
        this.config = config;
        this.kernels = kernels;
        this.state = new OptimizerState(kernels.backend());
    }

    @Override
    public void step(ParameterSet parameters, double learningRate) {
        state.nextStep();
        for (Parameter parameter : parameters) {
            if (parameter.trainable()) {
                AdamStep step = numbers(state.nextUpdate(parameter.name()), learningRate);
                kernels.adam(parameter.value(), parameter.gradient(), m(parameter), v(parameter), step);
            }
        }
    }

    @Override
    public void prepare(ParameterSet parameters) {
        parameters.stream().filter(Parameter::trainable).forEach(parameter -> {
            m(parameter);
            v(parameter);
        });
    }

    private Tensor m(Parameter parameter) {
        return state.tensor(parameter.name() + ".exp_avg", parameter.value().shape());
    }

    private Tensor v(Parameter parameter) {
        return state.tensor(parameter.name() + ".exp_avg_sq", parameter.value().shape());
    }

    private AdamStep numbers(long t, double learningRate) {
        double correction1 = config.biasCorrection() ? 1 - Math.pow(config.beta1(), t) : 1;
        double correction2 = Math.sqrt(config.biasCorrection() ? 1 - Math.pow(config.beta2(), t) : 1);
        boolean torch = config.form() == AdamWConfig.Form.TORCH;
        double stepSize = learningRate / correction1 * (torch ? 1 : correction2);
        double decay = learningRate * config.weightDecay();
        return new AdamStep(
                (float) stepSize,
                config.beta1(),
                config.beta2(),
                (float) (torch ? 1 / correction2 : 1),
                (float) config.epsilon(),
                (float) (torch ? decay : 0),
                (float) (torch ? 0 : decay));
    }

    @Override
    public OptimizerState state() {
        return state;
    }
}
