package org.t5j.examples.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.t5j.core.T5Model;
import org.t5j.core.checkpoint.SafetensorsReader;
import org.t5j.examples.verify.Comparison;
import org.t5j.examples.verify.RecordedForward;
import org.t5j.examples.verify.RecordedGeneration;
import org.t5j.examples.verify.Tolerances;
import org.t5j.train.run.ModelDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "verify",
        description =
                "Compares what a checkpoint computes with a recording of another implementation: one line per group"
                        + " of tensors, exit code 1 past a tolerance.",
        footer = {
            "",
            "Tolerances: 1e-4 (loss: 1e-5) for the largest difference; relative L2 for gradients; generated sequences must"
                    + " be identical. Scores are compared in the convention of the version of transformers that"
                    + " made_with names: before 4.36 the length of an output cut by max_length counts the start token."
        })
final class VerifyCommand extends Subcommand {
    @Option(
            names = "--checkpoint",
            required = true,
            paramLabel = "DIR",
            description = "A model directory, or a run directory, whose best checkpoint is taken.")
    private Path checkpoint;

    @Option(
            names = "--reference",
            paramLabel = "FILE",
            description = "A safetensors file with input_ids, decoder_input_ids or labels, and any of logits, loss,"
                    + " encoder_hidden_states.0, grad.shared.weight ...")
    private Path reference;

    @Option(
            names = "--generation",
            paramLabel = "FILE",
            description = "A JSON file with inputs and the outputs of generate().")
    private Path generation;

    @Option(names = "--tolerance", paramLabel = "D", description = "One tolerance for everything but sequences.")
    private Double tolerance;

    @Mixin
    private Threads threads;

    @Override
    public Integer call() {
        require(reference != null || generation != null, "Give --reference, --generation or both");
        require(tolerance == null || tolerance >= 0, "--tolerance must not be negative, found " + tolerance);
        threads.apply(this);
        Tolerances tolerances = tolerance == null ? Tolerances.DEFAULT : Tolerances.of(tolerance);
        RecordedForward forward =
                reference == null ? null : new RecordedForward(SafetensorsReader.open(reference), tolerances);
        RecordedGeneration outputs = generation == null ? null : RecordedGeneration.read(generation);
        List<Comparison> comparisons = new ArrayList<>();
        try (T5Model model = T5Model.load(ModelDirectory.of(checkpoint))) {
            if (forward != null) {
                comparisons.addAll(forward.compare(model));
            }
            if (outputs != null) {
                comparisons.addAll(outputs.compare(model, tolerances));
            }
        }
        comparisons.forEach(this::print);
        if (forward != null) {
            printUnknown(forward.unknownNames());
        }
        if (outputs != null) {
            out().println("scores are those of " + outputs.scoreConvention());
        }
        long failed =
                comparisons.stream().filter(comparison -> !comparison.passed()).count();
        out().println(
                        failed == 0
                                ? "ok: all " + comparisons.size() + " groups are within their tolerance"
                                : "FAILED: " + failed + " of " + comparisons.size()
                                        + " groups are past their tolerance");
        return failed == 0 ? 0 : ErrorReport.FAILED;
    }

    private void print(Comparison c) {
        PrintWriter out = out();
        if (c.tolerance() == 0 && c.measure().startsWith("sequences")) {
            out.printf(
                    "%-28s %d of %d sequences identical%s%n",
                    c.group(), c.members() - (int) c.difference(), c.members(), verdict(c));
        } else {
            out.printf(
                    "%-28s %s %.2e, tolerance %.0e%s%s%n",
                    c.group(),
                    c.measure(),
                    c.difference(),
                    c.tolerance(),
                    c.members() > 1 ? ", largest of " + c.members() + " in " + c.worst() : "",
                    verdict(c));
        }
    }

    private static String verdict(Comparison c) {
        return c.passed() ? "  ok" : "  FAILED" + (c.members() > 1 || c.worst().isEmpty() ? "" : " in " + c.worst());
    }

    private void printUnknown(Set<String> names) {
        if (!names.isEmpty()) {
            out().println("not compared, because t5j does not know them: " + String.join(", ", names));
        }
    }
}
