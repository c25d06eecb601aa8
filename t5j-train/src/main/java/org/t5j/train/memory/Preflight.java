package org.t5j.train.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.t5j.core.T5Exception;
import org.t5j.train.optim.AdafactorConfig;
import org.t5j.train.setup.MemorySection;

/** Says before the first step how much memory a run will take, and refuses one that cannot have it. */
public final class Preflight {
    private static final Logger LOG = LoggerFactory.getLogger(Preflight.class);

    private static final int EVALUATED_ROWS = 8;

    private Preflight() {}

    /** A smaller form of a workload and the settings that make it. */
    private record Remedy(Workload workload, String settings) {}

    /**
     * Logs the plan of a run and checks it.
     *
     * @param freeBytes of tensor memory, before anything of the run is allocated
     * @param resumed whether the run has begun before, so that what decides its updates must stay
     * @return the plan
     * @throws T5Exception where the plan is larger and {@code check} says to refuse it; the message offers what would fit
     */
    public static MemoryPlan check(Workload workload, MemorySection.Check check, long freeBytes, boolean resumed) {
        MemoryPlan plan = MemoryPlan.of(workload);
        if (plan.total() <= freeBytes) {
            LOG.info("Tensors will take at most {}", plan.summary());
        } else if (check != MemorySection.Check.IGNORE) {
            String problem = "Tensors would take up to " + plan.explanation() + ", but only "
                    + MemoryPlan.size(freeBytes) + " are free. "
                    + advice(resumed ? harmless(workload) : remedies(workload), freeBytes, resumed);
            if (check == MemorySection.Check.REFUSE) {
                throw new T5Exception(problem + " Where texts are much shorter than the longest allowed, go on with"
                        + " --set memory.check=WARN");
            }
            LOG.warn(problem);
        }
        return plan;
    }

    private static String advice(List<Remedy> remedies, long freeBytes, boolean resumed) {
        Optional<Remedy> fits = remedies.stream()
                .filter(remedy -> MemoryPlan.of(remedy.workload).total() <= freeBytes)
                .findFirst();
        return fits.map(remedy -> "It fits ("
                        + MemoryPlan.size(MemoryPlan.of(remedy.workload).total()) + ") with" + remedy.settings + ".")
                .orElse(
                        resumed
                                ? "Nothing that a resumed run may change makes it fit: take a larger machine."
                                : "Not one row at a time would fit: take a smaller model, train less of it, or a larger"
                                        + " machine.");
    }

    /** What changes no update. */
    private static List<Remedy> harmless(Workload workload) {
        return List.of(
                evaluatingFewer(workload, ""), evaluatingFewer(workload.recomputing(), " --set memory.recompute=true"));
    }

    /** From the least loss of speed to the greatest. */
    private static List<Remedy> remedies(Workload workload) {
        List<Remedy> remedies = new ArrayList<>();
        addSmallerBatches(remedies, workload, "");
        if (!workload.recompute()) {
            remedies.add(1, new Remedy(workload.recomputing(), " --set memory.recompute=true"));
            addSmallerBatches(remedies, workload.recomputing(), " --set memory.recompute=true");
        }
        if (!(workload.optimizer() instanceof AdafactorConfig)) {
            Workload small = workload.optimizer(AdafactorConfig.defaults()).recomputing();
            addSmallerBatches(
                    remedies, small, " --set memory.recompute=true --set 'optim.optimizer={name: adafactor}'");
        }
        return remedies;
    }

    /** With as many times more batches to an update, so that the training is the same. */
    private static void addSmallerBatches(List<Remedy> remedies, Workload workload, String settings) {
        remedies.add(evaluatingFewer(workload, settings));
        for (int parts = 2; parts <= workload.batchSize(); parts *= 2) {
            if (workload.batchSize() % parts == 0) {
                Workload divided = workload.divided(parts);
                String batches =
                        " --set data.batchSize=" + divided.batchSize() + " --set optim.gradAcc=" + divided.gradAcc();
                remedies.add(evaluatingFewer(divided, settings + batches));
            }
        }
    }

    private static Remedy evaluatingFewer(Workload workload, String settings) {
        int rows = Math.min(workload.evalBatchSize(), Math.min(EVALUATED_ROWS, workload.batchSize()));
        return rows == workload.evalBatchSize()
                ? new Remedy(workload, settings)
                : new Remedy(workload.evaluating(rows), settings + " --set eval.batchSize=" + rows);
    }
}
