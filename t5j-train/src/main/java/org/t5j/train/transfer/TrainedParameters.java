package org.t5j.train.transfer;

import java.util.List;
import org.t5j.core.T5Model;
import org.t5j.core.tensor.Parameter;
import org.t5j.train.config.ConfigException;

/** Freezes and frees the parameters of a model as a {@link Transfer} says, step by step. */
public final class TrainedParameters {
    private final T5Model model;
    private final Transfer transfer;
    private List<String> trained = List.of();

    /** @param model whose parameters stay as they are until {@link #at} is called */
    public TrainedParameters(T5Model model, Transfer transfer) {
        this.model = model;
        this.transfer = transfer;
    }

    /**
     * Makes ready for the update after {@code step} updates.
     *
     * @return whether other parameters are trained now than at the last call
     * @throws ConfigException where none is
     */
    public boolean at(long step) {
        List<String> now = model.parameters().names().stream()
                .filter(name -> transfer.trains(name, step))
                .toList();
        if (now.isEmpty()) {
            throw new ConfigException(
                    "transfer freezes all " + model.parameters().size()
                            + " parameters of the model and leaves no parameter to train; freeze fewer");
        }
        if (now.equals(trained)) {
            return false;
        }
        model.setTrainable(name -> transfer.trains(name, step));
        trained = now;
        return true;
    }

    /** Weights that are trained. */
    public long count() {
        return model.parameters().trainableCount();
    }

    /** Weights of the model. */
    public long all() {
        return model.parameters().count();
    }

    @Override
    public String toString() {
        long parameters =
                model.parameters().stream().filter(Parameter::trainable).count();
        return String.format(
                java.util.Locale.ROOT,
                "%,d of %,d weights (%.3g %%) in %d of %d parameters",
                count(),
                all(),
                100.0 * count() / all(),
                parameters,
                model.parameters().size());
    }
}
