package org.t5j.examples.cli;

import java.nio.file.Path;
import java.util.List;
import org.t5j.data.source.SourceConfig;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which columns of files hold inputs and targets. */
final class PairColumns {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--columns",
            split = ",",
            paramLabel = "NAME",
            description = "The columns of the files, separated by commas.",
            defaultValue = "input,target")
    private List<String> columns;

    @Option(names = "--input-column", paramLabel = "NAME", description = "What is read.", defaultValue = "input")
    private String input;

    @Option(
            names = "--target-column",
            paramLabel = "NAME",
            description = "What is learnt or scored.",
            defaultValue = "target")
    private String target;

    @Option(
            names = "--prefix",
            paramLabel = "TEXT",
            description = "Put in front of every input, as in \"translate English to German: \".",
            defaultValue = "",
            showDefaultValue = Visibility.NEVER)
    private String prefix;

    List<String> names() {
        return columns;
    }

    String input() {
        return input;
    }

    String target() {
        return target;
    }

    String prefix() {
        return prefix;
    }

    /** Refuses to take inputs or targets from a column that is none. */
    void check() {
        require("--input-column", input);
        require("--target-column", target);
    }

    private void require(String option, String column) {
        if (!columns.contains(column)) {
            throw new ParameterException(
                    command.commandLine(),
                    option + " takes '" + column + "', but --columns are " + columns
                            + "; name one of them, or list the columns as the files have them");
        }
    }

    /** By the name of the file; JSON is taken for JSON lines, as C4's files are named. */
    static String format(Path file) {
        return SourceConfig.formatOf(file.toString()).orElse("tsv").replaceFirst("^json$", "jsonl");
    }
}
