package org.t5j.train.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.t5j.core.NearestName;
import org.t5j.core.T5Exception;
import org.t5j.core.decode.BeamRule;
import org.t5j.core.decode.EarlyStopping;
import org.t5j.core.decode.GenerationConfig;
import org.t5j.core.decode.LengthNormalization;
import org.t5j.core.decode.Sampling;
import org.t5j.data.task.Task;
import org.t5j.data.task.TaskGeneration;

/** The search for outputs that a task asks for, or a user, over defaults. */
public final class TaskDecoding {
    private static final double T5X_PENALTY = 0.6;

    private TaskDecoding() {}

    /**
     * How evaluations write the answers of a task.
     *
     * @param numBeams where the task does not say
     */
    public static GenerationConfig of(Task task, int numBeams) {
        return of(task.targetLength(), numBeams, task.generation());
    }

    /** {@link #of(Task, int)} of a task with such targets; {@code own} may be null. */
    public static GenerationConfig of(int targetLength, int numBeams, TaskGeneration own) {
        GenerationConfig plain = GenerationConfig.builder()
                .maxNewTokens(targetLength)
                .numBeams(numBeams)
                .build();
        return own == null ? plain : over(plain, own);
    }

    /**
     * What {@code own} leaves open is as in {@code defaults}, but asking for beams is asking for no sampling.
     *
     * @throws T5Exception where a value is out of range, two contradict each other, or one has no effect
     */
    public static GenerationConfig over(GenerationConfig defaults, TaskGeneration own) {
        GenerationConfig.Builder config = defaults.toBuilder()
                .maxLength(or(own.maxLength(), defaults.maxLength()))
                .minLength(or(own.minLength(), defaults.minLength()))
                .noRepeatNgramSize(or(own.noRepeatNgramSize(), defaults.noRepeatNgramSize()))
                .repetitionPenalty(or(own.repetitionPenalty(), defaults.repetitionPenalty()));
        boolean samples = or(own.sample(), own.beams() == null && defaults.sampling() != null);
        if (!samples) {
            requireNoneOfSampling(own);
        }
        config.numBeams(or(own.beams(), samples ? 1 : defaults.numBeams()))
                .sampling(samples ? sampling(defaults.sampling(), own) : null);
        GenerationConfig made = withLengths(config, defaults, own).build();
        requireBeams(made, "beamRule", own.beamRule());
        requireBeams(made, "earlyStopping", own.earlyStopping());
        return made;
    }

    private static GenerationConfig.Builder withLengths(
            GenerationConfig.Builder config, GenerationConfig defaults, TaskGeneration own) {
        Optional<BeamRule> rule = constant(BeamRule.class, "beamRule", own.beamRule());
        boolean t5x = rule.isPresent() && rule.get() == BeamRule.T5X;
        rule.ifPresent(config::beamRule);
        config.lengthPenalty(or(own.lengthPenalty(), t5x ? T5X_PENALTY : defaults.lengthPenalty()));
        constant(LengthNormalization.class, "lengthNormalization", own.lengthNormalization())
                .ifPresent(config::lengthNormalization);
        constant(EarlyStopping.class, "earlyStopping", own.earlyStopping()).ifPresent(config::earlyStopping);
        return config;
    }

    private static void requireBeams(GenerationConfig made, String name, String value) {
        if (value != null && made.numBeams() == 1) {
            throw new T5Exception(name + " is " + value
                    + ", but there is no search with beams; set numBeams to 2 or more" + ", or leave it out");
        }
    }

    private static Sampling sampling(Sampling given, TaskGeneration own) {
        Sampling defaults = given != null ? given : Sampling.withSeed(0);
        return new Sampling(
                or(own.temperature(), defaults.temperature()),
                or(own.topK(), defaults.topK()),
                or(own.topP(), defaults.topP()),
                or(own.minP(), defaults.minP()),
                or(own.seed(), defaults.seed()));
    }

    private static void requireNoneOfSampling(TaskGeneration own) {
        requireNone("temperature", own.temperature());
        requireNone("topK", own.topK());
        requireNone("topP", own.topP());
        requireNone("minP", own.minP());
        requireNone("seed", own.seed());
    }

    private static void requireNone(String name, Object value) {
        if (value != null) {
            throw new T5Exception(name + " is " + value + ", but nothing is drawn; set sample too, or leave it out");
        }
    }

    private static <T extends Enum<T>> Optional<T> constant(Class<T> type, String name, String value) {
        if (value == null) {
            return Optional.empty();
        }
        List<String> names =
                Arrays.stream(type.getEnumConstants()).map(Enum::name).toList();
        String upper = value.toUpperCase(Locale.ROOT);
        if (!names.contains(upper)) {
            throw new T5Exception(name + " is \"" + value + "\"" + NearestName.question(names, upper) + " Known: "
                    + String.join(", ", names));
        }
        return Optional.of(Enum.valueOf(type, upper));
    }

    private static <T> T or(T own, T otherwise) {
        return own != null ? own : otherwise;
    }
}
