package org.t5j.examples.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.ArrayList;
import java.util.List;
import org.t5j.core.NearestName;
import org.t5j.core.T5Exception;
import org.t5j.data.DataException;
import org.t5j.tokenizer.TokenizerException;
import org.t5j.train.config.ConfigException;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns whatever went wrong into one paragraph on standard error and an exit code. */
final class ErrorReport implements CommandLine.IExecutionExceptionHandler, CommandLine.IParameterExceptionHandler {
    static final int FAILED = 1;
    static final int BAD_USAGE = 2;

    @Override
    public int handleParseException(ParameterException problem, String[] args) {
        CommandLine command = problem.getCommandLine();
        print(command, sentence(usageProblem(problem)) + help(command));
        return BAD_USAGE;
    }

    private static String help(CommandLine command) {
        return " See \"bin/" + command.getCommandSpec().qualifiedName() + " --help\".";
    }

    @Override
    public int handleExecutionException(Exception problem, CommandLine command, ParseResult parsed) {
        return handle(problem, command);
    }

    /** Reports {@code problem}, with a stack trace if {@code --debug} was given. */
    static int handle(Throwable problem, CommandLine command) {
        if (problem instanceof ResultStream.WriteException write && write.readerIsGone()) {
            return 0;
        }
        boolean debug = T5jCommand.of(command.getCommandSpec()).debug();
        boolean usage = problem instanceof ConfigException;
        print(command, describe(outOfMemoryIn(problem), debug) + (usage ? help(command) : ""));
        if (debug) {
            problem.printStackTrace(command.getErr());
            command.getErr().flush();
        }
        return usage ? BAD_USAGE : FAILED;
    }

    /** The want of memory that caused {@code problem}, which else stands for itself. */
    private static Throwable outOfMemoryIn(Throwable problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutOfMemoryError) {
                return cause;
            }
        }
        return problem;
    }

    private static String usageProblem(ParameterException problem) {
        if (problem instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            return unmatchedProblem(
                    problem.getCommandLine(), unmatched.getUnmatched().get(0));
        }
        List<String> unmatched = problem.getCommandLine().getUnmatchedArguments();
        if (problem instanceof MissingParameterException && !unmatched.isEmpty()) {
            return unmatchedProblem(problem.getCommandLine(), unmatched.get(0));
        }
        return problem.getMessage();
    }

    private static String unmatchedProblem(CommandLine command, String argument) {
        String name = command.getCommandSpec().qualifiedName();
        boolean option = argument.startsWith("-");
        List<String> known = new ArrayList<>();
        if (option) {
            command.getCommandSpec().options().forEach(o -> known.add(o.longestName()));
        } else {
            known.addAll(command.getSubcommands().keySet());
        }
        String what = option
                ? "\"" + name + "\" has no option " + argument.replaceFirst("=.*", "")
                : known.isEmpty()
                        ? "\"" + name + "\" takes no argument \"" + argument + "\""
                        : "\"" + name + "\" has no subcommand \"" + argument + "\"";
        return what + NearestName.question(known, argument.replaceFirst("=.*", ""));
    }

    private static String describe(Throwable problem, boolean debug) {
        String message = problem.getMessage();
        if (problem instanceof T5Exception
                || problem instanceof TokenizerException
                || problem instanceof DataException) {
            return sentence(message);
        } else if (problem instanceof ResultStream.WriteException) {
            return "The results cannot be written to standard output: " + message + ".";
        } else if (problem instanceof UncheckedIOException unchecked) {
            return describe(unchecked.getCause(), debug);
        } else if (problem instanceof NoSuchFileException || problem instanceof FileNotFoundException) {
            return "There is no file " + message + ". Check the path; it is relative to the current directory.";
        } else if (problem instanceof AccessDeniedException) {
            return "Access to " + message + " is denied. Change its permissions or choose another place.";
        } else if (problem instanceof FileAlreadyExistsException) {
            return message + " exists already. Choose another place or move it away.";
        } else if (problem instanceof NotDirectoryException) {
            return message + " is not a directory.";
        } else if (problem instanceof CharacterCodingException) {
            return "The input is not UTF-8. Convert it, for example with \"iconv -f latin1 -t utf-8\".";
        } else if (problem instanceof IOException) {
            return "Reading or writing failed: " + sentence(problem.toString());
        } else if (problem instanceof OutOfMemoryError && message != null && message.contains("native thread")) {
            return "The system starts no more threads: " + sentence(message)
                    + " Compute with fewer, --threads N, or raise the limit on processes (ulimit -u).";
        } else if (problem instanceof OutOfMemoryError) {
            return "Out of memory: " + sentence(message)
                    + " Give the Java heap more with T5J_HEAP=8g, or take less text, smaller batches or shorter"
                    + " sequences.";
        }
        return "This should not have happened and is a fault of t5j: " + sentence(problem.toString())
                + (debug ? "" : " Run the command again with --debug and report what it prints.");
    }

    private static String sentence(String message) {
        String trimmed = message == null ? "unknown" : message.strip();
        return trimmed.matches("(?s).*[.!?]") ? trimmed : trimmed + ".";
    }

    private static void print(CommandLine command, String paragraph) {
        PrintWriter err = command.getErr();
        err.println("t5j: " + paragraph);
        err.flush();
    }
}
