package org.t5j.data.metric;

import java.util.List;
import java.util.Map;

/**
 * F1 of class 1 of the classes 0 and 1, in percent; 0 where class 1 is neither wanted nor predicted. {@code f1} takes a
 * prediction that is no class for not being class 1; {@code f1_with_invalid}, of T5's MRPC and QQP, takes it for the wrong
 * class, so that it costs precision too.
 */
public final class BinaryF1 implements Metric {
    private final String name;
    private final boolean invalidIsWrong;

    private BinaryF1(String name, boolean invalidIsWrong) {
        this.name = name;
        this.invalidIsWrong = invalidIsWrong;
    }

    /** sklearn's {@code f1_score}. */
    public static BinaryF1 plain(String name) {
        return new BinaryF1(name, false);
    }

    /** T5's {@code f1_score_with_invalid}. */
    public static BinaryF1 withInvalid(String name) {
        return new BinaryF1(name, true);
    }

    @Override
    public Map<String, Double> compute(List<Scored> results) {
        long right = 0;
        long wantedOnes = 0;
        long predictedOnes = 0;
        for (Scored result : results) {
            int wanted = ClassNumber.wanted(result, 2, name);
            int predicted = ClassNumber.predicted(result, 2);
            if (predicted < 0 && invalidIsWrong) {
                predicted = 1 - wanted;
            }
            wantedOnes += wanted;
            predictedOnes += predicted == 1 ? 1 : 0;
            right += wanted == 1 && predicted == 1 ? 1 : 0;
        }
        return Map.of(name, F1.percent(right, predictedOnes, wantedOnes));
    }
}
