package org.t5j.examples.twin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.util.List;
import org.t5j.core.T5Exception;

/**
 * What one update saw, a line {@code {"step": 1, "loss": 9.1, "grad_norm": 2.5}} of a file of losses.
 *
 * @param step its number, from 1
 * @param loss mean over the targets of the batch before the update, in nats
 * @param gradientNorm of all gradients together, before clipping
 */
public record StepLoss(long step, double loss, double gradientNorm) {
    private static final String CONTENT = "{\"step\": N, \"loss\": X, \"grad_norm\": Y}";

    /** The line of JSON, without its end. */
    public String toJson() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("step", step)
                .put("loss", loss)
                .put("grad_norm", gradientNorm)
                .toString();
    }

    /**
     * Reads a file of losses.
     *
     * @return steps 1, 2, … without a gap
     * @throws T5Exception naming file, line and rule where it holds something else
     */
    public static List<StepLoss> read(Path file) {
        List<StepLoss> losses = JsonLines.read(file, CONTENT, StepLoss::of);
        for (int i = 0; i < losses.size(); i++) {
            if (losses.get(i).step != i + 1) {
                throw new T5Exception(file + ": steps must be 1, 2, 3 and so on; found " + losses.get(i).step
                        + " where step " + (i + 1) + " is to be");
            }
        }
        return losses;
    }

    private static StepLoss of(JsonNode line, String place) {
        JsonNode step = line.path("step");
        JsonNode loss = line.path("loss");
        JsonNode norm = line.path("grad_norm");
        if (!step.isIntegralNumber() || !finite(loss) || !finite(norm)) {
            throw new T5Exception(place + " is to hold " + CONTENT + ", found " + line);
        }
        return new StepLoss(step.longValue(), loss.doubleValue(), norm.doubleValue());
    }

    private static boolean finite(JsonNode number) {
        return number.isNumber() && Double.isFinite(number.doubleValue());
    }
}
