package org.t5j.examples.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.t5j.examples.twin.LossComparison;
import org.t5j.examples.twin.LossPlot;
import org.t5j.examples.twin.StepLoss;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "compare",
        description = "Compares the losses of two runs step by step, relative to the second's. Exit code 1 where a"
                + " difference is above the tolerance.")
final class TwinCompareCommand extends Subcommand {
    @Parameters(index = "0", paramLabel = "FIRST", description = "Losses that \"twin train\" wrote.")
    private Path first;

    @Parameters(index = "1", paramLabel = "SECOND", description = "Losses that the twin printed.")
    private Path second;

    @Option(
            names = "--tolerance",
            defaultValue = "1e-3",
            paramLabel = "D",
            description = "The largest relative difference allowed at any step.")
    private double tolerance;

    @Option(
            names = "--plot",
            paramLabel = "FILE",
            description = "Draw both curves and their difference as an SVG file.")
    private Path plot;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        require(tolerance >= 0, "--tolerance must not be negative, found " + tolerance);
        if (plot != null) {
            OutputOption.checkPlace(this, "--plot", plot);
        }
        List<StepLoss> ours = StepLoss.read(first);
        List<StepLoss> theirs = StepLoss.read(second);
        LossComparison comparison = LossComparison.of(ours, theirs);
        if (plot != null) {
            draw(LossPlot.svg(name(first), ours, name(second), theirs));
        }
        boolean equal = comparison.largest() <= tolerance;
        int worst = comparison.worstStep();
        ObjectNode facts = JsonNodeFactory.instance.objectNode();
        facts.put("steps", ours.size());
        facts.put("max_relative_difference", comparison.largest());
        facts.put("at_step", worst);
        facts.put("first_loss_there", ours.get(worst - 1).loss());
        facts.put("second_loss_there", theirs.get(worst - 1).loss());
        facts.put(
                "mean_relative_difference",
                Arrays.stream(comparison.losses()).average().orElseThrow());
        facts.put(
                "max_relative_difference_of_grad_norm",
                Arrays.stream(comparison.gradientNorms()).max().orElseThrow());
        facts.put("tolerance", tolerance);
        facts.put("equal", equal);
        Facts.print(out(), facts, json);
        return equal ? 0 : ErrorReport.FAILED;
    }

    private void draw(String svg) throws IOException {
        try (ResultFile file = ResultFile.of(plot)) {
            file.stream().write(svg.getBytes(StandardCharsets.UTF_8));
            file.finish();
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString().replaceFirst("[.]jsonl?$", "");
    }
}
