package org.t5j.train.listener;

import java.io.Console;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import org.t5j.train.StepReport;
import org.t5j.train.TrainingListener;
import org.t5j.train.TrainingState;
import org.t5j.train.evaluate.EvaluationReport;

/**
 * Progress for people: loss, tokens per second and time left, as a bar that is drawn over on a terminal and as a line now
 * and then elsewhere; at the end how full the batches were and how long updates waited for them, the first one apart, which
 * waits while everything starts. The loss is a running mean over about the last 50 updates.
 */
public final class ConsoleProgress implements TrainingListener {
    private static final int BAR = 24;
    private static final double SMOOTHING = 0.02;
    private static final double TERMINAL_SECONDS = 0.25;

    private final PrintStream out;
    private final boolean terminal;
    private final double lineSeconds;
    private long totalSteps;
    private long firstStep;
    private double firstSeconds;
    private double shownAt;
    private double meanLoss;
    private long seen;
    private long tokens;
    private double inputUtilisation;
    private double targetUtilisation;
    private double dataSeconds;
    private double steadySince;
    private double steadySeconds;

    /**
     * @param terminal whether {@code out} is one, so that a line can be drawn over
     * @param lineSeconds time between lines elsewhere
     */
    public ConsoleProgress(PrintStream out, boolean terminal, double lineSeconds) {
        this.out = out;
        this.terminal = terminal;
        this.lineSeconds = lineSeconds;
    }

    /** Progress on standard error: a bar where that is a terminal, else a line every 10 seconds. */
    public static ConsoleProgress onStandardError() {
        return new ConsoleProgress(System.err, isTerminal(), 10);
    }

    /**
     * Whoever started the JVM may say so in the property {@code t5j.terminal}; otherwise there is a terminal where there
     * is a console, though from JDK 22 on there is a console without a terminal too, which says so itself.
     */
    private static boolean isTerminal() {
        String said = System.getProperty("t5j.terminal");
        if (said != null) {
            return Boolean.parseBoolean(said);
        }
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }

    @Override
    public void started(TrainingState state, long steps) {
        totalSteps = steps;
        firstStep = state.step();
        firstSeconds = state.seconds();
        shownAt = state.seconds();
        seen = 0;
        tokens = 0;
        inputUtilisation = 0;
        targetUtilisation = 0;
        dataSeconds = 0;
        steadySeconds = 0;
        if (state.step() > 0 && state.step() < totalSteps) {
            out.printf(Locale.ROOT, "Going on at step %d of %d%n", state.step(), totalSteps);
        }
    }

    @Override
    public void stepped(StepReport report) {
        seen++;
        tokens += report.inputTokens() + report.targetTokens();
        inputUtilisation += (report.inputUtilisation() - inputUtilisation) / seen;
        targetUtilisation += (report.targetUtilisation() - targetUtilisation) / seen;
        steadySince = seen == 1 ? report.seconds() : steadySince;
        steadySeconds = report.seconds() - steadySince;
        dataSeconds += seen == 1 ? 0 : report.dataSeconds();
        meanLoss += (report.loss() - meanLoss) * Math.max(SMOOTHING, 1.0 / seen);
        boolean last = report.step() == totalSteps;
        if (last || seen == 1 || report.seconds() - shownAt >= (terminal ? TERMINAL_SECONDS : lineSeconds)) {
            shownAt = report.seconds();
            show(line(report), last);
        }
    }

    private String line(StepReport report) {
        double elapsed = Math.max(1e-9, report.seconds() - firstSeconds);
        long left = Math.round(elapsed / (report.step() - firstStep) * (totalSteps - report.step()));
        return String.format(
                Locale.ROOT,
                "step %d/%d  loss (smoothed) %.4f  lr %.2e  %s tokens/s%s  %s left",
                report.step(),
                totalSteps,
                meanLoss,
                report.learningRate(),
                thousands(tokens / elapsed),
                waiting(),
                duration(left));
    }

    /** The share of the time that updates waited for their batches, 0 … 1. */
    private double waited() {
        return dataSeconds / Math.max(1e-9, steadySeconds);
    }

    /** Said where it is worth it: data should not take a hundredth of the time. */
    private String waiting() {
        return waited() < 0.01 ? "" : String.format(Locale.ROOT, "  %.0f%% waiting for data", 100 * waited());
    }

    private void show(String line, boolean last) {
        if (terminal) {
            int filled = (int) (BAR * (seen + firstStep) / Math.max(1, totalSteps));
            out.print("\r\033[K[" + "=".repeat(filled) + " ".repeat(BAR - filled) + "] " + line + (last ? "\n" : ""));
        } else {
            out.println(line);
        }
        out.flush();
    }

    @Override
    public void evaluating(TrainingState state) {
        show(String.format(Locale.ROOT, "step %d/%d  evaluating", state.step(), totalSteps), false);
    }

    @Override
    public void evaluated(EvaluationReport report) {
        String scores = report.scores().entrySet().stream()
                .map(score -> String.format(Locale.ROOT, "%s %.4f", score.getKey(), score.getValue()))
                .collect(Collectors.joining("  "));
        above("evaluation at step " + report.step() + ": " + scores);
    }

    @Override
    public void ended(TrainingState state) {
        if (seen > 0) {
            above(String.format(
                    Locale.ROOT,
                    "batches were full to %.1f%% (inputs) and %.1f%% (targets); %.2f%% of the time was waiting for them",
                    100 * inputUtilisation,
                    100 * targetUtilisation,
                    100 * waited()));
        }
        if (state.skipped().count() > 0) {
            above(state.skipped().count() + " of " + state.step()
                    + " updates were not made (optim.guard); the lines of type skipped in log.jsonl say which and why");
        }
    }

    @Override
    public void saved(TrainingState state, Path checkpoint) {
        above("saved " + checkpoint);
    }

    /** A line that stays, above the bar where there is one. */
    private void above(String line) {
        out.println((terminal ? "\r\033[K" : "") + line);
        out.flush();
    }

    private static String thousands(double value) {
        return value < 10_000
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.1fk", value / 1000);
    }

    /** Seconds as {@code 1:02:03}, {@code 2:03} or {@code 3s}. */
    static String duration(long seconds) {
        Duration d = Duration.ofSeconds(seconds);
        if (d.toHours() > 0) {
            return String.format("%d:%02d:%02d", d.toHours(), d.toMinutesPart(), d.toSecondsPart());
        }
        return d.toMinutes() > 0 ? String.format("%d:%02d", d.toMinutes(), d.toSecondsPart()) : seconds + "s";
    }
}
