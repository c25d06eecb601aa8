package org.t5j.core.layer;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.t5j.core.T5Exception;

/**
 * Low-rank adaptation of the projections of every attention (Hu et al. 2021): {@code y = x Wᵀ + scale dropout(x) Aᵀ Bᵀ}
 * with A {@code [rank, in]} and B {@code [out, rank]}, in the names and with the initial values of Hugging Face's peft. B
 * starts at zero, so that a new model computes what it did without.
 *
 * @param rank at least 1
 * @param alpha above 0; updates are multiplied by {@code alpha / rank}
 * @param dropout of what A reads while training, 0 … below 1
 * @param projections of {@code q}, {@code k}, {@code v} and {@code o}, at least one
 */
public record Lora(int rank, float alpha, float dropout, Set<String> projections) {
    /** The projections that can have an update. */
    public static final Set<String> PROJECTIONS =
            Collections.unmodifiableSet(new TreeSet<>(Set.of("q", "k", "v", "o")));

    private static final String A = ".lora_A.weight";
    private static final String B = ".lora_B.weight";
    private static final String WEIGHT = ".weight";

    public Lora {
        require(rank >= 1, "rank must be at least 1", rank);
        require(alpha > 0 && Float.isFinite(alpha), "alpha must be above 0", alpha);
        require(dropout >= 0 && dropout < 1, "dropout must be at least 0 and below 1", dropout);
        require(!projections.isEmpty(), "projections must name at least one of q, k, v and o", projections);
        for (String projection : projections) {
            require(PROJECTIONS.contains(projection), "projections can be q, k, v and o", projection);
        }
        projections = Collections.unmodifiableSet(new TreeSet<>(projections));
    }

    private static void require(boolean condition, String rule, Object found) {
        if (!condition) {
            throw new T5Exception("LoRA's " + rule + ", found " + found);
        }
    }

    /** What {@code B A} is multiplied by. */
    public float scale() {
        return alpha / rank;
    }

    /** Whether a parameter of that name is an A or a B. */
    public static boolean isLora(String parameter) {
        return parameter.endsWith(A) || parameter.endsWith(B);
    }

    /** The name of A for the weight of a projection. */
    public static String nameOfA(String weight) {
        return withoutSuffix(weight) + A;
    }

    /** The name of B for the weight of a projection. */
    public static String nameOfB(String weight) {
        return withoutSuffix(weight) + B;
    }

    private static String withoutSuffix(String weight) {
        return weight.substring(0, weight.length() - WEIGHT.length());
    }

    /** Whether the parameter of that name is the weight of a projection that has an update. */
    public boolean updates(String parameter) {
        return projections.stream().anyMatch(projection -> parameter.endsWith("Attention." + projection + WEIGHT));
    }

    /** This, where the projections of that name have an update; otherwise null. */
    Lora forProjection(String projection) {
        return projections.contains(projection) ? this : null;
    }
}
