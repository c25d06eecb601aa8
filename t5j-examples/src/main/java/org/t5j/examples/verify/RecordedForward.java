package org.t5j.examples.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.t5j.core.StepOptions;
import org.t5j.core.T5Activations;
import org.t5j.core.T5Batch;
import org.t5j.core.T5Exception;
import org.t5j.core.T5Model;
import org.t5j.core.checkpoint.SafetensorsReader;
import org.t5j.core.tensor.Parameter;

/**
 * A safetensors file with the inputs of one forward pass of a T5 and what it computed, under the names of Hugging Face's
 * outputs: {@code logits}, {@code loss} (mean over the labels that are not -100), {@code encoder_hidden_states.i}, {@code
 * grad.<parameter>} and so on. Of the inputs, {@code input_ids} and {@code decoder_input_ids} (or {@code labels}) are
 * needed. Names that begin with {@code nomask.} are a second pass that was given no mask.
 */
public final class RecordedForward {
    private static final String UNMASKED = "nomask.";
    private static final Set<String> INPUTS =
            Set.of("input_ids", "attention_mask", "decoder_input_ids", "decoder_attention_mask", "labels");

    private final SafetensorsReader file;
    private final Tolerances tolerances;
    private final Map<String, Comparison> comparisons = new LinkedHashMap<>();
    private final Set<String> used = new TreeSet<>();

    public RecordedForward(SafetensorsReader file, Tolerances tolerances) {
        this.file = file;
        this.tolerances = tolerances;
        if (!file.contains("input_ids")) {
            throw new T5Exception(file.file() + " holds no input_ids, so it is no recorded forward pass; it has "
                    + String.join(", ", file.names()));
        }
    }

    /**
     * Computes everything that was recorded and compares.
     *
     * @throws T5Exception where a recorded tensor has another shape than the model's, or nothing can be compared
     */
    public List<Comparison> compare(T5Model model) {
        compareStates(model, "");
        if (file.contains(UNMASKED + "input_ids")) {
            compareStates(model, UNMASKED);
        }
        if (file.contains("labels")) {
            compareLossAndGradients(model);
        }
        if (comparisons.isEmpty()) {
            throw new T5Exception(file.file() + " holds nothing to compare: no logits, loss, states or gradients");
        }
        return List.copyOf(comparisons.values());
    }

    /** Names of recorded tensors that {@link #compare} did not know what to do with. */
    public Set<String> unknownNames() {
        Set<String> names = new TreeSet<>(file.names());
        names.removeAll(used);
        names.removeIf(name -> INPUTS.contains(name.startsWith(UNMASKED) ? name.substring(UNMASKED.length()) : name));
        return names;
    }

    private void compareStates(T5Model model, String prefix) {
        T5Activations computed = model.activations(batch(model, prefix));
        tensor(prefix + "logits", computed.logits());
        List<float[]> encoderStates = computed.encoderHiddenStates();
        tensor(prefix + "encoder_last_hidden_state", encoderStates.get(encoderStates.size() - 1));
        tensors(prefix + "encoder_hidden_states", encoderStates);
        tensors(prefix + "decoder_hidden_states", computed.decoderHiddenStates());
        tensors(prefix + "encoder_attentions", computed.encoderAttentions());
        tensors(prefix + "decoder_attentions", computed.decoderAttentions());
        tensors(prefix + "cross_attentions", computed.crossAttentions());
        tensor(prefix + "encoder_position_bias", computed.encoderPositionBias());
        tensor(prefix + "decoder_position_bias", computed.decoderPositionBias());
    }

    private void tensors(String group, List<float[]> computed) {
        for (int i = 0; i < computed.size(); i++) {
            member(group, group + "." + i, computed.get(i));
        }
    }

    private void tensor(String name, float[] computed) {
        member(name, name, computed);
    }

    private void member(String group, String name, float[] computed) {
        if (file.contains(name)) {
            float[] recorded = recorded(name, computed.length);
            double largest = 0;
            for (int i = 0; i < recorded.length; i++) {
                largest = Math.max(largest, Math.abs((double) recorded[i] - computed[i]));
            }
            add(group, "max abs", tolerances.states(), name, largest);
        }
    }

    private void compareLossAndGradients(T5Model model) {
        T5Batch batch = batch(model, "");
        if (file.contains("loss")) {
            double loss = model.evaluateLoss(batch).loss() / batch.targets();
            add("loss", "max abs", tolerances.loss(), "loss", Math.abs(loss - recorded("loss", 1)[0]));
        }
        if (file.names().stream().anyMatch(name -> name.startsWith("grad."))) {
            model.zeroGradients();
            model.forwardBackward(batch, StepOptions.plain(batch));
            model.parameters().forEach(parameter -> gradient(model, parameter));
        }
    }

    private void gradient(T5Model model, Parameter parameter) {
        String name = "grad." + parameter.name();
        if (file.contains(name)) {
            float[] computed = model.backend().toArray(parameter.gradient());
            float[] recorded = recorded(name, computed.length);
            double difference = 0;
            double norm = 0;
            for (int i = 0; i < recorded.length; i++) {
                difference += Math.pow((double) computed[i] - recorded[i], 2);
                norm += (double) recorded[i] * recorded[i];
            }
            double relative = difference == 0 ? 0 : Math.sqrt(difference / norm);
            add("grad", "relative L2", tolerances.gradients(), name, relative);
        }
    }

    private float[] recorded(String name, int length) {
        if (file.entry(name).elements() != length) {
            throw new T5Exception(file.file() + ": " + name + " has shape "
                    + file.entry(name).shape() + ", the checkpoint computes " + length
                    + " values; the recording is of another model");
        }
        used.add(name);
        return file.floats(name);
    }

    private void add(String group, String measure, double tolerance, String member, double difference) {
        comparisons.merge(
                group,
                Comparison.empty(group, measure, tolerance).plus(member, difference),
                (known, added) -> known.plus(member, difference));
    }

    private T5Batch batch(T5Model model, String prefix) {
        int[] shape = matrixShape(prefix + "input_ids");
        int[] ids = file.ints(prefix + "input_ids");
        String targets = file.contains("decoder_input_ids") ? "decoder_input_ids" : "labels";
        int targetLength = matrixShape(targets)[1];
        int[] decoderIds = file.contains("decoder_input_ids")
                ? file.ints("decoder_input_ids")
                : T5Batch.shiftRight(file.ints("labels"), targetLength, model.config());
        boolean masked = prefix.isEmpty();
        return new T5Batch(
                shape[0],
                shape[1],
                targetLength,
                ids,
                masked && file.contains("attention_mask") ? file.ints("attention_mask") : filled(ids.length, 1),
                decoderIds,
                masked && file.contains("decoder_attention_mask") ? file.ints("decoder_attention_mask") : null,
                file.contains("labels") ? file.ints("labels") : filled(decoderIds.length, T5Batch.NO_TARGET));
    }

    private int[] matrixShape(String name) {
        List<Long> shape = new ArrayList<>(file.entry(name).shape());
        if (shape.size() != 2) {
            throw new T5Exception(file.file() + ": " + name + " must be of shape [batch, length], found " + shape);
        }
        return new int[] {Math.toIntExact(shape.get(0)), Math.toIntExact(shape.get(1))};
    }

    private static int[] filled(int length, int value) {
        int[] values = new int[length];
        Arrays.fill(values, value);
        return values;
    }
}
