package org.t5j.train.average;

import java.nio.file.Path;
import java.util.List;
import org.t5j.core.T5Exception;
import org.t5j.core.T5Model;
import org.t5j.core.tensor.Parameter;

/** The weighted mean of the weights of several models, most often the last checkpoints of a run. */
public final class AveragedModel {
    private AveragedModel() {}

    /**
     * Reads the models one after another; two are in memory at a time.
     *
     * @param directories of models of the same shape, at least one
     * @param shares one of each model, positive; they are divided by their sum
     * @return to be closed by the caller
     * @throws T5Exception where a directory is no model or the models differ in shape
     */
    public static T5Model of(List<Path> directories, List<Double> shares) {
        if (directories.isEmpty() || shares.size() != directories.size()) {
            throw new IllegalArgumentException(directories.size() + " models with " + shares.size() + " shares");
        }
        double sum = shares.stream().mapToDouble(Double::doubleValue).sum();
        if (shares.stream().anyMatch(share -> !(share > 0)) || !Double.isFinite(sum)) {
            throw new T5Exception("The shares of an average must be positive numbers, found " + shares);
        }
        T5Model average = T5Model.load(directories.get(0));
        try {
            float first = (float) (shares.get(0) / sum);
            average.parameters().forEach(parameter -> average.kernels().scaleInPlace(parameter.value(), first));
            for (int i = 1; i < directories.size(); i++) {
                add(directories.get(i), (float) (shares.get(i) / sum), average, directories.get(0));
            }
            return average;
        } catch (RuntimeException e) {
            average.close();
            throw e;
        }
    }

    private static void add(Path directory, float share, T5Model average, Path first) {
        try (T5Model model = T5Model.load(directory)) {
            if (!model.config().equals(average.config())) {
                throw new T5Exception(directory + " is a model of another shape than " + first
                        + "; only checkpoints of one run, or of runs of the same shape, have an average");
            }
            if (!model.additions().equals(average.additions())) {
                throw new T5Exception(directory + " and " + first + " must have the same adapters to have an average,"
                        + " found inner widths " + model.additions().adapterWidth() + " and "
                        + average.additions().adapterWidth() + " (0 for none); leave one of them out");
            }
            for (Parameter parameter : average.parameters()) {
                Parameter other = model.parameters().get(parameter.name());
                average.kernels().addScaled(other.value(), share, parameter.value());
            }
        }
    }
}
