package org.t5j.examples.cli;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.t5j.core.T5Exception;
import org.t5j.core.tensor.Nd4jBackend;
import org.t5j.data.DataException;
import org.t5j.tokenizer.TokenizerException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What all subcommands share: their streams and how they refuse bad usage. {@code call} returns the exit code. */
abstract class Subcommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    /** For commands that compute with a model. */
    static final class Threads {
        @Option(
                names = "--threads",
                paramLabel = "N",
                description = "Threads of the numeric kernels; all cores if not given.")
        private Integer threads;

        void apply(Subcommand command) {
            if (threads != null) {
                command.require(
                        threads >= 1 && threads <= Nd4jBackend.MAX_THREADS,
                        "--threads must be between 1 and " + Nd4jBackend.MAX_THREADS + ", found " + threads);
                Nd4jBackend.setThreads(threads);
            }
        }

        int count() {
            return threads != null ? threads : Nd4jBackend.threadsOf(System.getenv("OMP_NUM_THREADS"));
        }
    }

    /** Where results go. */
    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** Where results in bytes go, in whole characters. */
    final OutputStream results() {
        return T5jCommand.of(spec).results();
    }

    /** Standard input. */
    final InputStream in() {
        return T5jCommand.of(spec).in();
    }

    /** Where progress goes. */
    final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** Lines of standard input. */
    final LineInput lines() {
        return new LineInput(in());
    }

    /**
     * What {@code maker} makes of the arguments.
     *
     * @throws ParameterException where it refuses one, naming the option: exit code 2
     */
    final <T> T made(OptionNames names, Supplier<T> maker) {
        try {
            return maker.get();
        } catch (T5Exception | TokenizerException | DataException e) {
            throw new ParameterException(spec.commandLine(), names.in(e.getMessage()), e);
        }
    }

    /**
     * Checks a rule of the arguments.
     *
     * @throws ParameterException where it does not hold: exit code 2
     */
    final void require(boolean holds, String message) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }
}
