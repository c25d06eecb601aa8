package org.t5j.examples.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.LoggerFactory;
import org.t5j.data.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code t5j}: the list of subcommands and what they have in common. */
@Command(
        name = "t5j",
        version = Version.T5J,
        description = "Trains T5 text-to-text models inside the JVM.",
        footer = {
            "",
            "Results go to standard output, progress and errors to standard error.",
            "Exit codes: 0 ok, 1 failed, 2 bad usage; 130 or 143 after Ctrl-C or SIGTERM, before which training saves its"
                    + " step."
        })
public final class T5jCommand implements Runnable {
    private static final List<Class<?>> SUBCOMMANDS = List.of(
            QuickstartCommand.class,
            TokenizerCommand.class,
            DataCommand.class,
            PretrainCommand.class,
            FinetuneCommand.class,
            EvaluateCommand.class,
            CompareCommand.class,
            GenerateCommand.class,
            ScoreCommand.class,
            InspectCommand.class,
            ConvertCommand.class,
            AverageCommand.class,
            ReportCommand.class,
            VerifyCommand.class,
            TwinCommand.class,
            ChaosCommand.class,
            BenchCommand.class);
    private static final String MESSAGES = "t5j.messages.descriptor";

    private final InputStream in;
    private OutputStream results;

    @Spec
    private CommandSpec spec;

    private boolean debug;

    private T5jCommand(InputStream in) {
        this.in = in;
    }

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help and stop.")
    private boolean help;

    @Option(names = "--version", versionHelp = true, description = "Show the version and stop.")
    private boolean version;

    @Option(
            names = "--debug",
            defaultValue = "false",
            showDefaultValue = Visibility.NEVER,
            scope = ScopeType.INHERIT,
            description = "Print stack traces of errors and more of what goes on.")
    private void setDebug(boolean value) {
        debug = value;
        if (LoggerFactory.getLogger("org.t5j") instanceof Logger logger) {
            logger.setLevel(value ? Level.DEBUG : Level.INFO);
        }
    }

    public static void main(String[] args) {
        Locale.setDefault(Locale.ROOT);
        System.setErr(messages());
        CommandLine commandLine = commandLine(System.in, args);
        OutputStream results = new BufferedOutputStream(ResultStream.open(), 1 << 16);
        commandLine.setOut(writer(results));
        of(commandLine.getCommandSpec()).results = results;
        commandLine.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        int exitCode;
        try {
            exitCode = commandLine.execute(args);
            commandLine.getOut().flush();
        } catch (ResultStream.WriteException | Error e) {
            exitCode = ErrorReport.handle(e, commandLine);
        }
        System.exit(exitCode);
    }

    /**
     * Where messages go. Under {@code bin/t5j} it is a descriptor of its own, because the script reads what the JVM itself
     * writes to descriptor 2.
     */
    private static PrintStream messages() {
        FileDescriptor descriptor = InheritedDescriptor.named(MESSAGES, FileDescriptor.err);
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    private static PrintWriter writer(OutputStream out) {
        return new PrintWriter(new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8)));
    }

    /** The command with all its subcommands, reading {@code in} where one reads standard input. */
    public static CommandLine commandLine(InputStream in) {
        return withSubcommands(in, SUBCOMMANDS);
    }

    /** The command for {@code args}: where they name a subcommand, without the others, whose options take time to read. */
    static CommandLine commandLine(InputStream in, String... args) {
        String first = Arrays.stream(args)
                .filter(argument -> !argument.startsWith("-"))
                .findFirst()
                .orElse("");
        List<Class<?>> named = SUBCOMMANDS.stream()
                .filter(command -> command.getAnnotation(Command.class).name().equals(first))
                .toList();
        return withSubcommands(in, named.isEmpty() ? SUBCOMMANDS : named);
    }

    private static CommandLine withSubcommands(InputStream in, List<Class<?>> subcommands) {
        ErrorReport errors = new ErrorReport();
        CommandLine commandLine = new CommandLine(new T5jCommand(in));
        subcommands.forEach(commandLine::addSubcommand);
        showDefaults(commandLine.getCommandSpec());
        // As in the C++ programs, of an option given twice the last counts.
        Optional.ofNullable(commandLine.getSubcommands().get("tokenizer"))
                .ifPresent(tokenizer -> tokenizer.setOverwrittenOptionsAllowed(true));
        return commandLine
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setExecutionExceptionHandler(errors)
                .setParameterExceptionHandler(errors);
    }

    private static void showDefaults(CommandSpec command) {
        command.usageMessage().showDefaultValues(true);
        command.subcommands().values().forEach(subcommand -> showDefaults(subcommand.getCommandSpec()));
    }

    static T5jCommand of(CommandSpec spec) {
        return (T5jCommand) spec.root().userObject();
    }

    boolean debug() {
        return debug;
    }

    InputStream in() {
        return in;
    }

    /** What is under the command line's writer, for results in bytes; they are to come in whole characters. */
    OutputStream results() {
        PrintWriter out = spec.commandLine().getOut();
        out.flush();
        return results != null ? results : new CharacterSink(out);
    }

    /** For a command line that was given nothing but a writer. */
    private static final class CharacterSink extends OutputStream {
        private final PrintWriter out;

        private CharacterSink(PrintWriter out) {
            this.out = out;
        }

        @Override
        public void write(int b) {
            out.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            out.write(new String(bytes, offset, length, StandardCharsets.UTF_8));
        }

        @Override
        public void flush() {
            out.flush();
        }
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a subcommand: " + names(spec));
    }

    static String names(CommandSpec spec) {
        return String.join(", ", spec.subcommands().keySet());
    }
}
