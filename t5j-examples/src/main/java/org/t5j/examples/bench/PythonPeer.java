package org.t5j.examples.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.t5j.core.T5Exception;

/**
 * A Python script that gets ready, prints a line whose first word is the version of what it measures, and then for each
 * line that it reads does a task and prints its seconds. Its start-up is in no figure.
 */
final class PythonPeer implements AutoCloseable {
    private final String measured;
    private final Process process;
    private final PrintWriter tasks;
    private final BufferedReader answers;
    private final String[] start;

    private PythonPeer(String measured, Process process) throws IOException {
        this.measured = measured;
        this.process = process;
        tasks = new PrintWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8), true);
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        start = Optional.ofNullable(answers.readLine()).orElse("").split(" ", 2);
    }

    /**
     * Starts {@code python}; empty where there is none or the script ends at once, as it does without its modules.
     *
     * @param measured for errors
     */
    static Optional<PythonPeer> start(String measured, String python, String script, Object... arguments) {
        List<String> command = new ArrayList<>(List.of(python, "-c", script));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            PythonPeer peer = new PythonPeer(measured, process);
            if (!peer.version().isEmpty()) {
                return Optional.of(peer);
            }
            peer.close();
            return Optional.empty();
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    String version() {
        return start[0];
    }

    /** What the script has printed behind the version. */
    String facts() {
        return start.length == 2 ? start[1] : "";
    }

    /** Seconds of a task. */
    double seconds(String task) {
        tasks.println(task);
        try {
            return Double.parseDouble(answers.readLine());
        } catch (IOException | NullPointerException | NumberFormatException e) {
            throw new T5Exception(
                    "The Python process that measures " + measured + " has ended; is there enough memory?", e);
        }
    }

    @Override
    public void close() {
        tasks.close();
        process.destroy();
    }
}
